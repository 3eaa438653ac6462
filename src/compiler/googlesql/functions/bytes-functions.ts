import { type FunctionEntry, type FunctionTable, scalarFunction } from "./function-table.ts";

function hash(template: string): FunctionEntry {
  return scalarFunction(`(STRING) -> BYTES: ${template}`, `(BYTES) -> BYTES: ${template}`);
}

/** Functions of BYTES, hashes and network addresses. */
export const bytesFunctions: FunctionTable = {
  FARM_FINGERPRINT: scalarFunction(
    "(STRING) -> INT64: gsql_farm_fingerprint(encode($1))",
    "(BYTES) -> INT64: gsql_farm_fingerprint($1)",
  ),
  FROM_BASE32: scalarFunction("(STRING) -> BYTES: gsql_from_base32($1)"),
  FROM_BASE64: scalarFunction("(STRING) -> BYTES: gsql_from_base64($1)"),
  FROM_HEX: scalarFunction("(STRING) -> BYTES: gsql_from_hex($1)"),
  MD5: hash("unhex(md5($1))"),
  SHA1: hash("unhex(sha1($1))"),
  SHA256: hash("unhex(sha256($1))"),
  SHA512: scalarFunction("(STRING) -> BYTES: gsql_sha512(encode($1))", "(BYTES) -> BYTES: gsql_sha512($1)"),
  TO_BASE32: scalarFunction("(BYTES) -> STRING: gsql_to_base32($1)"),
  TO_BASE64: scalarFunction("(BYTES) -> STRING: to_base64($1)"),
  TO_HEX: scalarFunction("(BYTES) -> STRING: lower(hex($1))"),
  "NET.HOST": scalarFunction("(STRING) -> STRING: gsql_net_host($1)"),
  "NET.IP_FROM_STRING": scalarFunction("(STRING) -> BYTES: gsql_net_ip_from_string($1)"),
  "NET.SAFE_IP_FROM_STRING": scalarFunction("(STRING) -> BYTES: TRY(gsql_net_ip_from_string($1))"),
  "NET.IP_TO_STRING": scalarFunction("(BYTES) -> STRING: gsql_net_ip_to_string($1)"),
  "NET.IPV4_FROM_INT64": scalarFunction("(INT64) -> BYTES: gsql_net_ipv4_from_int64($1)"),
  "NET.IPV4_TO_INT64": scalarFunction("(BYTES) -> INT64: gsql_net_ipv4_to_int64($1)"),
  "NET.IP_NET_MASK": scalarFunction("(INT64, INT64) -> BYTES: gsql_net_ip_net_mask($1, $2)"),
  "NET.IP_TRUNC": scalarFunction("(BYTES, INT64) -> BYTES: gsql_net_ip_trunc($1, $2)"),
};
