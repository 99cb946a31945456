// The files of a ZIP whose entries are stored as they are, as Safelight writes them.
const ENTRY = 0x04034b50;
const HEAD = 30;

/** Names and bytes, in their order; stops where the entries end. */
export function unpack(buffer) {
  const view = new DataView(buffer);
  const found = [];
  let at = 0;
  while (at + HEAD <= buffer.byteLength && view.getUint32(at, true) === ENTRY) {
    const [size, name, extra] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
    const from = at + HEAD + name + extra;
    found.push({
      name: new TextDecoder().decode(new Uint8Array(buffer, at + HEAD, name)),
      bytes: new Uint8Array(buffer, from, size),
    });
    at = from + size;
  }
  return found;
}
