using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;

namespace WebChat.Bench.Fuzz;

/// <summary>Changes inputs: by bytes, by characters, and by the structure of JSON and protobuf.</summary>
internal static partial class Mutate
{
    private const int Repeats = 40;

    /// <summary>Flips, cuts, repeats and inserts bytes.</summary>
    public static byte[] Bytes(byte[] input, Random random)
    {
        var bytes = input.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var (at, count) = Span(bytes.Count, random);
            switch (random.Next(6))
            {
                case 0 when bytes.Count > 0:
                    bytes[Math.Min(at, bytes.Count - 1)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.RemoveRange(at, count);
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at..(at + count)], random.Next(1, Repeats)).SelectMany(part => part).ToArray());
                    break;
                case 4:
                    bytes.InsertRange(at, [(byte)random.Next(256)]);
                    break;
                default:
                    // Broken UTF-8: a surrogate, an overlong NUL, a start without its end.
                    bytes.InsertRange(at, random.Next(3) switch { 0 => [0xed, 0xa0, 0x80], 1 => [0xc0, 0x80], _ => [0xf4] });
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Replaces, drops, repeats and inserts characters.</summary>
    public static string Text(string input, Random random)
    {
        var (at, count) = Span(input.Length, random);
        return random.Next(4) switch
        {
            0 => input.Remove(at, count),
            1 => input.Insert(at, string.Concat(Enumerable.Repeat(input.Substring(at, count), random.Next(1, Repeats)))),
            2 => input.Insert(at, Pick(Odd.Texts, random)),
            _ => input[..at] + (char)random.Next(1, 0xd800) + input[at..],
        };
    }

    /// <summary>Replaces, drops, repeats, moves and nests the words of a JSON text.</summary>
    public static string Json(string input, Random random)
    {
        var words = Words().Matches(input).Select(word => word.Value).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var (at, count) = Span(words.Count, random);
            if (at == words.Count)
                at = 0;
            count = Math.Min(count, words.Count - at);
            switch (random.Next(6))
            {
                case 0 when words.Count > 0:
                    words[at] = Pick(Odd.Json, random);
                    break;
                case 1:
                    words.RemoveRange(at, count);
                    break;
                case 2:
                    words.InsertRange(at, words[at..(at + count)]);
                    break;
                case 3 when words.Count > 0:
                    (words[at], words[^1]) = (words[^1], words[at]);
                    break;
                case 4 when words.Count > 0:
                    words[at] = $"{string.Concat(Enumerable.Repeat("[", count))}{words[at]}{new string(']', count)}";
                    break;
                default:
                    words.Insert(at, Pick(Odd.Json, random));
                    break;
            }
        }

        return string.Concat(words);
    }

    /// <summary>Drops, repeats, moves, renumbers, retypes and nests the fields of an encoded message, at any depth.</summary>
    public static byte[] Message(byte[] input, Random random)
    {
        var fields = Fields(input);
        if (fields.Count == 0)
            return Bytes(input, random);
        var at = random.Next(fields.Count);
        var (tag, content) = fields[at];
        switch (random.Next(8))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.AddRange(Enumerable.Repeat(fields[at], random.Next(1, Repeats)));
                break;
            case 2:
                (fields[at], fields[^1]) = (fields[^1], fields[at]);
                break;
            case 3:
                fields[at] = ((tag & 7) | ((uint)random.Next(0, 40) << 3), content);
                break;
            case 4:
                fields[at] = ((tag & ~7u) | (uint)random.Next(8), content);
                break;
            case 5 when IsLengthDelimited(tag):
                for (var depth = random.Next(1, 200); depth > 0; depth--)
                    content = Write([(tag, content)]);
                fields[at] = (tag, content);
                break;
            case 6 when !IsLengthDelimited(tag):
                fields[at] = (tag, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, (byte)random.Next(3)]);
                break;
            default:
                fields[at] = (tag, IsLengthDelimited(tag) ? Message(content, random) : Bytes(content, random));
                break;
        }

        return Write(fields);
    }

    /// <summary>Picks one of some.</summary>
    public static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|[-+.\w]+|[{}\[\]:,]
        """)]
    private static partial Regex Words();

    private static (int At, int Count) Span(int length, Random random)
    {
        var at = random.Next(length + 1);
        return (at, random.Next(Math.Min(length - at, 16) + 1));
    }

    private static bool IsLengthDelimited(uint tag) => WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;

    // Empty if the bytes are no message, as those of a text are not.
    private static List<(uint Tag, byte[] Content)> Fields(byte[] message)
    {
        var fields = new List<(uint, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var tag = (uint)ReadNumber(message, ref at);
            var start = at;
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    ReadNumber(message, ref at);
                    break;
                case WireFormat.WireType.Fixed64:
                    at += sizeof(long);
                    break;
                case WireFormat.WireType.Fixed32:
                    at += sizeof(int);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    var length = ReadNumber(message, ref at);
                    start = at;
                    at = length <= (ulong)(message.Length - at) ? at + (int)length : int.MaxValue;
                    break;
                default:
                    return [];
            }

            if ((uint)at > message.Length)
                return [];
            fields.Add((tag, message[start..at]));
        }

        return fields;
    }

    private static byte[] Write(IEnumerable<(uint Tag, byte[] Content)> fields)
    {
        var bytes = new List<byte>();
        foreach (var (tag, content) in fields)
        {
            WriteNumber(bytes, tag);
            if (IsLengthDelimited(tag))
                WriteNumber(bytes, (uint)content.Length);
            bytes.AddRange(content);
        }

        return [.. bytes];
    }

    private static ulong ReadNumber(byte[] message, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; at < message.Length; shift += 7)
        {
            var next = message[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }

        // Cut short: no field ends here.
        at = int.MaxValue;
        return 0;
    }

    private static void WriteNumber(List<byte> bytes, uint number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }
}
