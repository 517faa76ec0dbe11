#!/usr/bin/env python3
"""Checks Callclear's statements and proofs of calls (docs/formats.md) offline, with public keys alone. Statements must be
consecutive ones of one carrier. Exit code: 0 all holds, 1 something does not, 2 called wrongly."""
import argparse, base64, hashlib, json, re, sys
P = 2**255 - 19  # Ed25519: RFC 8032, section 5.1; a point is X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(n, p):
    result = (0, 1, 1, 0)
    while n:
        result, p, n = add(result, p) if n & 1 else result, add(p, p), n >> 1
    return result
def encode(p):
    z = pow(p[2], -1, P)
    return (p[1] * z % P | (p[0] * z % P & 1) << 255).to_bytes(32, "little")
def decode(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if x * x % P == x2 else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and x * x % P == x2 and (x or not sign), "not a point of the curve")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P
def signed(key, message, signature):  # [S]B - [k]A = R, without the cofactor; R as bytes, so in its one form
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    x, y, z, t = times(k, decode(key))
    base = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return s < ORDER and encode(add(times(s, base), (-x, y, z, -t))) == signature[:32]

def need(holds, why):
    if not holds:
        raise ValueError(why)
def sha256(*parts): return hashlib.sha256(b"".join(parts)).digest()
def canonical(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
def parse(data):  # canonical JSON only: written again it must be the same bytes
    def whole(text):
        need(re.fullmatch("-?[0-9]{1,16}", text) and abs(int(text)) <= 2**53, "a number that is not whole, within 2^53")
        return int(text)
    value = json.loads(data.decode(), parse_float=whole, parse_int=whole, parse_constant=whole,
                       object_pairs_hook=lambda pairs: dict(sorted(pairs, key=lambda p: p[0].encode("utf-16-be"))))
    need(type(value) is dict and canonical(value) == data, "not canonical JSON (RFC 8785) of an object")
    return value
def number(value, least=0):
    need(type(value) is int and value >= least, "not a whole number of at least %d" % least)
    return value
def unhex(value, size=32):
    need(type(value) is str and re.fullmatch("[0-9a-f]{%d}" % (2 * size), value), "not %d bytes in hex" % size)
    return bytes.fromhex(value)
def entry(text):  # its call and the key that it is sorted by
    uuid = "([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"
    match = re.fullmatch(uuid + "/(0|[1-9][0-9]{0,9})(?:/([1-9][0-9]{0,9}))?", text)
    leg, place = (int(match[2]), int(match[3] or 1)) if match else (0, 0)
    need(match and match[3] != "1" and max(leg, place) < 2**31, "not the id of an entry")
    return match[1], bytes.fromhex(match[1].replace("-", "")) + leg.to_bytes(4, "big") + place.to_bytes(4, "big")

def check_statement(statement, keys):
    header, signature, lines = statement["header"], statement["signature"], statement["trailer"]["call_lines"]
    need(set(signature) == {"algorithm", "key", "value"} and signature["algorithm"] == "Ed25519"
         and type(signature["key"]) is str, "signature: not of Ed25519")
    message = canonical({**statement, "signature": {**signature, "value": ""}})
    need(any(signed(key, message, unhex(signature["value"], 64)) for key in keys), "signature: not made with a key given")
    need(all(type(header[name]) is str for name in ("statement_id", "carrier", "period")), "header: incomplete")
    need(number(header["sequence"], 1) > 1 and unhex(header["previous"]) or header["previous"] == "", "header.previous")
    return header, number(lines["leaves"]), unhex(lines["root"])

def root_from(index, size, digest, path):
    node, last = index, size - 1  # RFC 9162, section 2.1.3.2
    for sibling in map(unhex, path):
        need(last > 0, "path: too long")
        if node & 1 or node == last:
            digest = sha256(b"\1", sibling, digest)
            while node and not node & 1: node, last = node >> 1, last >> 1
        else:
            digest = sha256(b"\1", digest, sibling)
        node, last = node >> 1, last >> 1
    need(last == 0, "path: too short")
    return digest

def check_proof(proof, keys):
    members = {"format", "statement", "call_id", "lines", "before", "after"}
    need(proof["format"] == "callclear-proof/1" and set(proof) | {"before", "after"} == members
         and type(proof["lines"]) is list, "not of the form callclear-proof/1")
    header, size, root = check_statement(proof["statement"], keys)
    call, least = entry(proof["call_id"] + "/0")
    shown, sides = [], {side: [proof[side]] if side in proof else [] for side in ("before", "after")}
    for side, leaf in [(s, n) for s in ("before", "lines", "after") for n in sides.get(s, proof["lines"])]:
        names = {"index", "line", "salt", "path"} if side == "lines" else {"index", "entry_id", "commitment", "path"}
        need(set(leaf) == names and type(leaf["path"]) is list, side + ": not its members")
        line = leaf["line"] if side == "lines" else leaf
        of, key = entry(line["entry_id"])
        need(side != "lines" or of == call == line["call_id"], side + ": one of another call")
        need(side == "lines" or of != call, side + ": of the call itself, and its line is not shown")
        need(side == "lines" or (key < least) == (side == "before"), side + ": on the wrong side of the call")
        index = number(leaf["index"])
        need(index < size, side + ": outside of the tree")
        need(not shown or (shown[-1][0] + 1 == index and shown[-1][1] < key), side + ": not next to the leaf before")
        commitment = sha256(unhex(leaf["salt"]), canonical(line)) if side == "lines" else unhex(leaf["commitment"])
        need(root_from(index, size, sha256(b"\0", key, commitment), leaf["path"]) == root, side + ": not in the tree")
        shown.append((index, key))
    need(shown or (size == 0 and root == sha256()), "no leaf is shown, and the statement has some")
    need(not shown or ((sides["before"] or shown[0][0] == 0) and (sides["after"] or shown[-1][0] == size - 1)),
         "before or after: missing")
    return header, "%s of call %s in " % ("all %d lines" % len(proof["lines"]) if proof["lines"] else "no line", call)

def public_key(pem):
    match = re.fullmatch(r"\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*", pem)
    der = base64.b64decode(match[1]) if match else b""
    need(len(der) == 44 and der[:12].hex() == "302a300506032b6570032100", "not an Ed25519 public key in PEM")
    return der[12:]

def check(name, keys, statements):
    with open(name, "rb") as file: data = file.read()
    value, found = parse(data), ""
    if "format" in value:
        header, found = check_proof(value, keys)
    else:
        header = check_statement(value, keys)[0]
        statements.append((header["carrier"], header["sequence"], header["previous"], sha256(data).hex()))
    return "%sstatement %s of %s for %s" % (found, header["statement_id"], header["carrier"], header["period"])

def check_chain(statements):
    for before, after in zip(sorted(statements), sorted(statements)[1:]):
        need(after[:3] == (before[0], before[1] + 1, before[3]), "%s %d does not follow %s %d" % (after[:2] + before[:2]))
    return "%d statements" % len(statements)

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--key", action="append", required=True, metavar="PEM", help="a statement key's public half")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a statement or a proof of a call")
    options, statements, bad = parser.parse_args(), [], 0
    try:
        keys = [public_key(open(name).read()) for name in options.key]
    except (OSError, ValueError) as e:
        parser.error("--key: %s" % e)
    for name in options.files + [None]:
        try:
            print("OK   %s: %s" % (name or "chain", check(name, keys, statements) if name else check_chain(statements)))
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
            bad = print("BAD  %s: %s" % (name or "chain", e if isinstance(e, ValueError) else repr(e))) or 1
    return bad

if __name__ == "__main__":
    sys.exit(main())
