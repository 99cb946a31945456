// Signed checkpoints and proofs of growth, checked with nothing but the browser's own functions:
// c2sp.org/signed-note, c2sp.org/tlog-checkpoint, RFC 9162 (2.1.4.2).
const text = new TextEncoder();

export function unbase64(line) {
  return Uint8Array.from(atob(line), (c) => c.charCodeAt(0));
}

export function same(a, b) {
  return a.length === b.length && a.every((byte, n) => byte === b[n]);
}

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const node = (left, right) => sha256(Uint8Array.of(1), left, right);

export async function parseKey(line) {
  const [, name, id, material] = line.trim().match(/^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/) ?? [];
  const bytes = material ? unbase64(material) : [];
  if (bytes.length !== 33 || bytes[0] !== 1) throw new Error("not a log's public key");
  const digest = await sha256(text.encode(`${name}\n`), bytes);
  const hex = [...digest.slice(0, 4)].map((b) => b.toString(16).padStart(2, "0")).join("");
  if (hex !== id) throw new Error("a damaged public key");
  return { name, id: digest.slice(0, 4), bytes: bytes.slice(1) };
}

/** The checkpoint of a note, with `signed` true, or null where this browser knows no Ed25519. */
export async function openCheckpoint(note, key) {
  const split = note.lastIndexOf("\n\n");
  const body = note.slice(0, split + 1);
  const [origin, size, root] = body.split("\n");
  if (split < 0 || !/^(0|[1-9][0-9]{0,14})$/.test(size) || unbase64(root).length !== 32) {
    throw new Error("not a checkpoint");
  }
  if (origin !== key.name) throw new Error("a checkpoint of another record");
  const mine = note.slice(split + 2).split("\n").map((line) => line.match(/^— (\S+) (\S+)$/))
    .filter((found) => found?.[1] === key.name).map((found) => unbase64(found[2]))
    .find((bytes) => same(bytes.slice(0, 4), key.id));
  if (!mine) throw new Error("a checkpoint without the record's signature");
  const signed = await verify(key.bytes, mine.slice(4), text.encode(body));
  if (signed === false) throw new Error("a signature that does not hold");
  return { origin, size: Number(size), root: unbase64(root), signed };
}

async function verify(key, signature, message) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
  return crypto.subtle.verify("Ed25519", imported, signature, message);
}

/** Whether the new tree begins with exactly the entries of the old one. */
export async function isConsistent(old, fresh, path) {
  if (old.size > fresh.size || old.size < 1) return false;
  if (old.size === fresh.size) return path.length === 0 && same(old.root, fresh.root);
  let [place, last] = [BigInt(old.size) - 1n, BigInt(fresh.size) - 1n];
  const whole = (place & (place + 1n)) === 0n;
  const nodes = whole ? [old.root, ...path] : [...path];
  if (!nodes.length) return false;
  while (place & 1n) [place, last] = [place >> 1n, last >> 1n];
  let before = nodes[0];
  let after = nodes[0];
  for (const each of nodes.slice(1)) {
    if (last === 0n) return false;
    if (place & 1n || place === last) {
      [before, after] = [await node(each, before), await node(each, after)];
      while (place && !(place & 1n)) [place, last] = [place >> 1n, last >> 1n];
    } else {
      after = await node(after, each);
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n && same(before, old.root) && same(after, fresh.root);
}
