#!/usr/bin/env python3
"""Checks Cordon evidence offline. Python standard library only.

usage: verify.py FILE.zip [FILE.zip ...] [--vkey KEY] [--checkpoint EARLIER.txt ...]
       verify.py EARLIER.txt LATER.txt PROOF.txt --vkey KEY

FILE.zip is a bundle of the whole log or a CAB pack with a part of it. The second form
tells whether the log of one checkpoint continues that of another.
Prints one line per file: OK, BAD entry N (the first bad one) or BAD bundle.
Exit 0 when all hold, 1 when one does not, 2 on wrong use.
"""
import base64
import hashlib
import json
import os
import re
import sys
import zipfile
import zlib

FILES = ["README.txt", "checkpoint.txt", "entries.ndjson", "keys.txt", "leaves.txt", "verify.py", "vkey.txt"]
PACK_FILES = ["README.txt", "checkpoint.txt", "entries.ndjson", "keys.txt", "summary-salt.txt", "summary.pdf", "verify.py", "vkey.txt"]
LONGEST_LINE = 1 << 20
LONGEST_TEXT = 1 << 16
RECORDED = ["summary.pdf", "cases.csv"]
LARGEST_SUMMARY = 64 << 20
MAX_INTEGER = (1 << 53) - 1
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False)


class Bad(Exception):
    pass


# Ed25519 as in RFC 8032 section 5.1, points as (X, Y, Z, T).
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def point_of(data):
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of(bytes([0x58]) + bytes([0x66]) * 31)


def ed25519_verify(public, message, signature):
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad("malformed base64")
    if base64.b64encode(data).decode() != text:
        raise Bad("base64 that is not in its only spelling")
    return data


def parse_key(text):
    parts = text.split("+", 2)
    typed = unbase64(parts[2]) if len(parts) == 3 else b""
    if len(typed) != 33 or typed[0] != 1 or not re.fullmatch(r"[\x21-\x7e]+", parts[0]):
        raise Bad("not an Ed25519 verifier key")
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + typed).digest()[:4]
    if parts[1] != key_id.hex():
        raise Bad("the key id does not fit the key")
    return parts[0], key_id, typed[1:]


def parse_checkpoint(note, key):
    name, key_id, public = key
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n") or split + 2 == len(note):
        raise Bad("not a signed note")
    body, lines = note[: split + 1], note[split + 2 : -1].split("\n")
    if not all(line.startswith("\u2014 ") for line in lines):
        raise Bad("a malformed signature line")
    start = "\u2014 " + name + " "
    blobs = [unbase64(line[len(start) :]) for line in lines if line.startswith(start)]
    if not any(
        len(blob) == 68 and blob[:4] == key_id and ed25519_verify(public, body.encode(), blob[4:]) for blob in blobs
    ):
        raise Bad("the checkpoint is not signed by key " + name)
    match = re.fullmatch(r"([\x21-\x7e]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n", body)
    if not match or match.group(1) != name:
        raise Bad("not a checkpoint of this key")
    return int(match.group(2)), unbase64(match.group(3))


def signed_by(note, key):
    try:
        return parse_checkpoint(note, key)
    except Bad:
        return None


def check_claims(note, earlier_notes, keys, trusted):
    """What the signatures say, before any entry is read: size and root of the newest tree, roots of earlier ones."""
    if trusted not in keys:
        raise Bad("the log is not signed by the key")
    size, root = parse_checkpoint(note, keys[-1])
    if size == 0:
        raise Bad("the checkpoint covers no entries")
    first = keys.index(trusted)
    for before, after in zip(keys[first:], keys[first + 1 :]):
        if not any(signed_by(one, before) and signed_by(one, after) for one in earlier_notes + [note]):
            raise Bad("no checkpoint shows that a key took over")
    earlier = {}
    for one in earlier_notes:
        found = next(filter(None, (signed_by(one, key) for key in keys)), None)
        if not found:
            raise Bad("an earlier checkpoint is signed by none of the keys")
        if not 0 < found[0] <= size:
            raise Bad("an earlier checkpoint covers %d entries" % found[0])
        if earlier.setdefault(*found) != found[1]:
            raise Bad("two checkpoints of %d entries differ" % found[0])
    return size, root, earlier


def canonical_value(value, depth):
    if depth > 8:
        return False
    kind = type(value)
    if kind is str or kind is bool:
        return True
    if kind is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER
    if kind is dict:
        for key, item in value.items():
            if not (key and key.isascii() and key.isprintable() and canonical_value(item, depth + 1)):
                return False
        return True
    if kind is list:
        for item in value:
            if not canonical_value(item, depth + 1):
                return False
        return True
    return False


def fault_of(line, leaf, seq):
    if line is None or leaf is None:
        return "missing or cut off"
    if hashlib.sha256(b"\0" + line).hexdigest().encode() != leaf:
        return "does not match its stored hash"
    try:
        entry = json.loads(line.decode("utf-8"))
        if type(entry) is not dict or not canonical_value(entry, 1) or ENCODER.encode(entry).encode("utf-8") != line:
            return "not canonical"
    except (ValueError, RecursionError):
        return "not an entry in canonical form"
    if type(entry.get("seq")) is not int or entry["seq"] != seq:
        return "carries another number than its place"
    return None


def read_line(stream):
    line = stream.readline(LONGEST_LINE + 1)
    return line[:-1] if line.endswith(b"\n") else None


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(edge):
    digest = edge[-1]
    for left in reversed(edge[:-1]):
        digest = node(left, digest)
    return digest


def check_entries(entries, leaves, size, root, earlier):
    edge = []
    for seq in range(size):
        line, leaf = read_line(entries), read_line(leaves)
        fault = fault_of(line, leaf, seq)
        if fault:
            return "BAD entry %d: %s" % (seq, fault)
        digest, rest = bytes.fromhex(leaf.decode()), seq
        while rest & 1:
            digest = node(edge.pop(), digest)
            rest >>= 1
        edge.append(digest)
        if seq + 1 < size and seq + 1 in earlier and root_of(edge) != earlier[seq + 1]:
            return "BAD bundle: it does not continue the earlier checkpoint of %d entries" % (seq + 1)
    if entries.read(1) or leaves.read(1):
        return "BAD entry %d: more entries than were signed" % size
    if root_of(edge) != root:
        return "BAD bundle: entries and stored hashes agree, but their root is not the signed one"
    if earlier.get(size, root) != root:
        return "BAD bundle: it does not continue the earlier checkpoint of %d entries" % size
    return None


# Proofs as in RFC 9162 2.1.3.2 and 2.1.4.2: everything malformed is refused.
def includes(index, size, leaf, proof, root):
    if size < 1 or not 0 <= index < size or any(len(step) != 32 for step in proof + [leaf, root]):
        return False
    fn, sn, digest = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            digest = node(step, digest)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            digest = node(digest, step)
        fn >>= 1
        sn >>= 1
    return sn == 0 and digest == root


def consistent(old_size, new_size, proof, old_root, new_root):
    if not 1 <= old_size <= new_size or any(len(step) != 32 for step in proof + [old_root, new_root]):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    old = new = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node(step, old), node(step, new)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            new = node(new, step)
        fn >>= 1
        sn >>= 1
    return sn == 0 and old == old_root and new == new_root


def check_pack(bundle, size, root, note):
    """Each entry of a pack has a proof of its own. Returns the fault, or None and how many there are."""
    last, count, recorded = -1, 0, {}
    proofs = {name for name in bundle.namelist() if name.startswith("proofs/")}
    with bundle.open("entries.ndjson") as entries:
        for count, line in enumerate(entries, 1):
            whole = line.endswith(b"\n")
            line = line[:-1] if whole else line
            seq = seq_of(line) if whole and len(line) <= LONGEST_LINE else -1
            if seq <= last:
                return "BAD bundle: line %d of the entries is cut off or carries no number that follows" % count, 0, False
            fault = fault_of(line, hashlib.sha256(b"\0" + line).hexdigest().encode(), seq)
            name = "proofs/%d.tlog-proof" % seq
            if not fault and name not in proofs:
                fault = "has no proof"
            if fault:
                return "BAD entry %d: %s" % (seq, fault), 0, False
            proof, head = text_of(bundle, name), "c2sp.org/tlog-proof@v1\nindex %d\n" % seq
            if not proof.startswith(head) or not proof.endswith("\n" + note) or len(proof) < len(head) + 1 + len(note):
                return "BAD entry %d: its proof is for something else" % seq, 0, False
            hashes = [unbase64(step) for step in proof[len(head) : len(proof) - len(note) - 1].splitlines()]
            if not includes(seq, size, hashlib.sha256(b"\0" + line).digest(), hashes, root):
                return "BAD entry %d: is not what was signed" % seq, 0, False
            last = seq
            entry = json.loads(line.decode("utf-8"))
            if entry.get("type") == "CAB_EXPORTED":
                recorded = {ref["name"]: ref["sha256"] for ref in entry.get("refs", []) if ref["name"] in RECORDED}
    if not count or count != len(proofs):
        return "BAD bundle: entries and proofs are not as many", 0, False
    for name, expected in recorded.items():
        if name not in bundle.namelist() or hash_of(bundle, name) != expected:
            return "BAD bundle: %s is not the one whose export was recorded" % name, 0, False
    if recorded and "cases.csv" in bundle.namelist() and "cases.csv" not in recorded:
        return "BAD bundle: cases.csv was no part of what was exported", 0, False
    return None, count, bool(recorded)


def hash_of(bundle, name):
    salt = bytes.fromhex(text_of(bundle, "summary-salt.txt").strip())
    with bundle.open(name) as file:
        return hashlib.sha256(salt + file.read(LARGEST_SUMMARY)).hexdigest()


def seq_of(line):
    try:
        seq = json.loads(line.decode("utf-8")).get("seq")
    except (ValueError, RecursionError, AttributeError):
        return -1
    return seq if type(seq) is int else -1


def text_of(bundle, name):
    with bundle.open(name) as stream:
        return stream.read(LONGEST_TEXT).decode("utf-8")


def verify(path, key_text, outside):
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        pack = "summary.pdf" in names
        files, folder = (PACK_FILES, "proofs/") if pack else (FILES, "checkpoints/")
        known = all(name in files or pack and name in RECORDED or name.startswith((folder, "checkpoints/")) for name in names)
        if not known or len(set(names)) != len(names) or not set(files) <= set(names):
            raise Bad("a file is missing, doubled or unknown")
        if pack and outside:
            raise Bad("unreadable: an earlier checkpoint can be compared with a bundle of the whole log only")
        trusted = parse_key(key_text or text_of(bundle, "vkey.txt").rstrip())
        keys = [parse_key(line) for line in text_of(bundle, "keys.txt").splitlines()]
        earlier = outside + [text_of(bundle, name) for name in names if name.startswith("checkpoints/")]
        note = text_of(bundle, "checkpoint.txt")
        size, root, roots = check_claims(note, earlier, keys, trusted)
        end = "root %s, origin %s" % (base64.b64encode(root).decode(), trusted[0])
        if pack:
            fault, count, recorded = check_pack(bundle, size, root, note)
            return fault or "OK %d of %d entries, %s, summary %s recorded" % (count, size, end, "as" if recorded else "not")
        with bundle.open("entries.ndjson") as entries, bundle.open("leaves.txt") as leaves:
            fault = check_entries(entries, leaves, size, root, roots)
    return fault or "OK %d entries, %s" % (size, end)


def verify_two(earlier, later, proof, key_text):
    key = parse_key(key_text)
    old, new = parse_checkpoint(read(earlier), key), parse_checkpoint(read(later), key)
    hashes = [unbase64(line) for line in read(proof).splitlines()]
    if consistent(old[0], new[0], hashes, old[1], new[1]):
        return "OK the log of %d entries continues the one of %d, origin %s" % (new[0], old[0], key[0])
    return "BAD bundle: the log of %d entries does not continue the one of %d" % (new[0], old[0])


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read(LONGEST_TEXT)


def arguments(args):
    """The files and the options, or None on wrong use."""
    key_text, outside, files = None, [], []
    args = list(args)
    while args:
        arg = args.pop(0)
        if not arg.startswith("--"):
            files.append(arg)
        elif arg == "--vkey" and args:
            key_text = args.pop(0)
        elif arg == "--checkpoint" and args:
            outside.append(read(args.pop(0)))
        else:
            return None
    if not files or not all(os.path.isfile(file) for file in files):
        return None
    return files, key_text, outside


def main(args):
    try:
        given = arguments(args)
    except (OSError, ValueError):
        given = None
    if not given:
        print(__doc__.strip())
        return 2
    files, key_text, outside = given
    two = len(files) == 3 and key_text and not outside and not any(zipfile.is_zipfile(file) for file in files)
    good = True
    for check in [lambda: verify_two(*files, key_text)] if two else [lambda f=f: verify(f, key_text, outside) for f in files]:
        try:
            result = check()
        except Bad as bad:
            result = "BAD bundle: %s" % bad
        except (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as bad:
            result = "BAD bundle: unreadable: %s" % bad
        good = good and result.startswith("OK ")
        print(result)
    if key_text:
        print("Key: the one you gave.")
    else:
        print("Key: taken from each bundle itself, so this proves nothing about who made it; compare with the published key.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
