namespace WebChat.Bench.Fuzz;

/// <summary>Values at which programs fail.</summary>
internal static class Odd
{
    /// <summary>Texts: empty, invisible, long, of several scalars, or with a meaning to some part of a server.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\r\n", "\t", "\u00a0", "\u200b", "\u200d", "\u202eabc", "\u2066\u2069", "\u2028", "\ufeff", "\ufffd", "\ue000", "\U000e0041", "\U0010ffff",
        "e\u0301\u0301\u0301\u0301", "\u1100\u1161\u11a8", "ﷺ", "İ", "ß", "ｈｅｌｌｏ", "א\u05b0ב", "👍🏽", "👨‍👩‍👧‍👦", "❤", "❤️", "🏴\U000e0067\U000e0062\U000e007f", "1️⃣", "🇦🇦",
        "0", "-1", "2147483648", "9223372036854775807", "9223372036854775808", "1e309", "NaN", "true", "null", "undefined", "{}", "[]",
        "../../x", "%00", "%ff", "%", "?", "#", "a/b", ":join", "*", "'; DROP TABLE journal; --", "{{7*7}}", "<script>", "{0}", "0001-01-01", "9999-12-31", "2024-02-30",
        "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "m_0", "-0", "٣", "x-klingon", "en-", "a.b.c", "a.b.", "Bearer",
        new('x', 31), new('x', 129), new('é', 2_000), new('x', 2_001), new('\u0301', 5_000), new('x', 70_000),
    ];

    /// <summary>Numbers at the bounds of their types, and at those of the contract.</summary>
    public static readonly long[] Numbers =
    [
        0, 1, 2, 3, 18, 50, 120, 121, 200, 201, 1_000, 1_001, -1, -2, int.MaxValue, int.MinValue, int.MaxValue + 1L, uint.MaxValue, long.MaxValue, long.MinValue, long.MaxValue - 1,
        // The bounds of a Timestamp in seconds, and one more.
        -62_135_596_800, -62_135_596_801, 253_402_300_799, 253_402_300_800, 4_102_444_800,
    ];

    /// <summary>Words of JSON, some of which are none.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "false", "{}", "[]", "\"\"", "0", "-0", "-1", "0.1", "1e3", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "18446744073709551616", "01", "+1", ".5", "NaN", "-Infinity",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "\"\\x\"", "\"\\", "\"NaN\"", "\"1e3\"", "\"2026-13-45T99:99:99Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999999999Z\"",
        "{\"@type\":\"type.googleapis.com/google.protobuf.Any\"}", "\"bio,,x.y\"", "{\"a\":1,\"a\":2}", "'x'", "//", "/**/", "undefined", "\u00a0", "\ufeff",
        string.Concat(Enumerable.Repeat("[", 2_000)), string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70)),
        string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70), $"\"{new string('x', 70_000)}\"", $"\"{string.Concat(Enumerable.Repeat("\\u0041", 9_000))}\"",
    ];

    /// <summary>Header lines.</summary>
    public static readonly string[] Headers =
    [
        "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x", "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Expect: 100-continue", "Expect: x",
        "Content-Type: application/grpc", "Content-Type: application/grpc-web+proto", "Content-Type: text/plain", "Content-Type: application/json; charset=utf-16", "Content-Type: application/json; charset=x", "Content-Type: ;", "Content-Type: multipart/form-data", "Content-Encoding: gzip",
        "Accept: text/html", "Accept: ,;", "Accept-Encoding: gzip, br", "Accept-Encoding: *;q=0", "Range: bytes=0-1", "Range: bytes=9-1", "If-None-Match: *", "If-None-Match: \"", "If-Modified-Since: x",
        "Authorization: Bearer", "Authorization: Bearer ..", "Authorization: Basic YTpi", "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.", "Authorization: Bearer \u00e9",
        "Connection: Upgrade\r\nUpgrade: websocket", "Connection: Upgrade\r\nUpgrade: h2c", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x", "Upgrade: websocket", "Origin: null", "Origin: http://[", "Host: ", "Host: a\r\nHost: b", "Host: [::", "Host: x:99999999",
        "X-Forwarded-For: x", "X-Forwarded-Proto: x", "X-HTTP-Method-Override: DELETE", "Cookie: a", "User-Agent: \u00ff\u00fe", "Traceparent: 00-x", "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "Baggage: %", "grpc-timeout: 1n", "TE: trailers", ": x", "x", "x y: z", "\u0001: x", "a: \u0000",
        $"a: {new string('x', 40_000)}", string.Join("\r\n", Enumerable.Range(0, 150).Select(i => $"a{i}: x")),
    ];
}
