#!/usr/bin/env python3
"""Checks Cordon evidence bundles offline. Python standard library only.

usage: verify.py BUNDLE.zip [BUNDLE.zip ...] [--vkey KEY]

Prints one line per bundle: OK, BAD entry N (the first bad one) or BAD bundle.
Exit 0 when all hold, 1 when one does not, 2 on wrong use.
"""
import base64
import hashlib
import json
import re
import sys
import zipfile
import zlib

FILES = ["README.txt", "checkpoint.txt", "entries.ndjson", "leaves.txt", "verify.py", "vkey.txt"]
LONGEST_LINE = 1 << 20
LONGEST_TEXT = 1 << 16
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
    if match.group(2) == "0":
        raise Bad("the checkpoint covers no entries")
    return int(match.group(2)), unbase64(match.group(3))


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


def check_entries(entries, leaves, size, root):
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
    if entries.read(1) or leaves.read(1):
        return "BAD entry %d: more entries than were signed" % size
    digest = edge.pop()
    while edge:
        digest = node(edge.pop(), digest)
    if digest != root:
        return "BAD bundle: entries and stored hashes agree, but their root is not the signed one"
    return None


def text_of(bundle, name):
    with bundle.open(name) as stream:
        return stream.read(LONGEST_TEXT).decode("utf-8")


def verify(path, key_text):
    with zipfile.ZipFile(path) as bundle:
        if sorted(bundle.namelist()) != FILES:
            raise Bad("a file is missing, doubled or unknown")
        key = parse_key(key_text or text_of(bundle, "vkey.txt").rstrip())
        size, root = parse_checkpoint(text_of(bundle, "checkpoint.txt"), key)
        with bundle.open("entries.ndjson") as entries, bundle.open("leaves.txt") as leaves:
            fault = check_entries(entries, leaves, size, root)
    return fault or "OK %d entries, root %s, origin %s" % (size, base64.b64encode(root).decode(), key[0])


def main(args):
    key_text = None
    if "--vkey" in args[:-1]:
        at = args.index("--vkey")
        key_text = args[at + 1]
        args = args[:at] + args[at + 2 :]
    if not args or any(arg.startswith("--") for arg in args):
        print(__doc__.strip())
        return 2
    good = True
    for path in args:
        try:
            result = verify(path, key_text)
        except Bad as bad:
            result = "BAD bundle: %s" % bad
        except FileNotFoundError:
            print("no such file: %s" % path)
            return 2
        except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as bad:
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
