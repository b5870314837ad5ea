using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using WebChat.V1;

namespace WebChat.Bench.Fuzz;

/// <summary>
/// Fills messages with values that the server may know: those that it has used itself in fields of the same name, mixed with
/// odd ones. So inputs pass the first checks and reach the code behind them.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, List<string>> _words = new()
    {
        ["password"] = [Cast.Password],
        ["old_password"] = [Cast.Password],
        ["new_password"] = [Cast.Password],
        ["text"] = ["hello"],
        ["name"] = ["Tea"],
        ["bio"] = ["I breed axolotls"],
        ["comment"] = ["rude"],
        ["client_id"] = ["a", "b", "c"],
        ["emoji"] = ["👍", "❤"],
        ["payload"] = ["{}"],
        ["birth_date"] = ["1990-01-02"],
        ["languages"] = ["en", "pt-BR"],
        ["interests"] = ["music", "chess"],
        ["needs"] = ["talk"],
        ["page_token"] = ["", "1"],
        ["paths"] = [.. Profile.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name), "*"],
    };

    /// <summary>Remembers the texts of a message of the server by the names of their fields.</summary>
    public void Learn(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            foreach (var value in field.Accessor.GetValue(message) is IList several ? several : new[] { field.Accessor.GetValue(message) })
            {
                if (value is IMessage inner)
                    Learn(inner);
                else if (value is string { Length: > 0 } text)
                    Learn(field.Name, text);
            }
        }
    }

    /// <summary>Remembers a text by the name of its field.</summary>
    public void Learn(string name, string text)
    {
        if (!_words.TryGetValue(name, out var words))
            _words[name] = words = [];
        if (!words.Contains(text))
            words.Add(text);
    }

    /// <summary>Makes a message.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="random">Decides.</param>
    /// <param name="isJson">Whether it is to be written as JSON, in which times and masks have no odd values.</param>
    public IMessage Fill(MessageDescriptor type, Random random, bool isJson)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var chosen = type.Oneofs.Where(oneof => !oneof.IsSynthetic).Select(oneof => Mutate.Pick(oneof.Fields.AsReadOnly(), random)).ToHashSet();
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            if (field.RealContainingOneof is not null ? !chosen.Contains(field) : random.Next(10) == 0)
                continue;
            if (field.IsMap)
                ((IDictionary)field.Accessor.GetValue(message))[Word("room_id", random)] = Mutate.Pick(Odd.Numbers, random);
            else if (!field.IsRepeated)
                field.Accessor.SetValue(message, Value(field, random, isJson));
            else
                for (var times = random.Next(4); times > 0; times--)
                    ((IList)field.Accessor.GetValue(message)).Add(Value(field, random, isJson));
        }

        return message;
    }

    private object Value(FieldDescriptor field, Random random, bool isJson) => field.FieldType switch
    {
        FieldType.String => field.ContainingType == FieldMask.Descriptor && isJson ? Mutate.Pick(_words["paths"].SkipLast(1).ToList(), random) : Word(field.Name, random),
        FieldType.Bytes => ByteString.CopyFrom(random.Next(2) == 0 ? Cast.Picture : Mutate.Bytes(Cast.Picture, random)),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, random.Next(10) == 0 ? random.Next(-2, 100) : Mutate.Pick(field.EnumType.Values.AsReadOnly(), random).Number),
        FieldType.Int32 => (int)Mutate.Pick(Odd.Numbers, random),
        FieldType.Int64 => Mutate.Pick(Odd.Numbers, random),
        FieldType.Message when field.MessageType == Timestamp.Descriptor && isJson => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(-62_135_596_800, 253_402_300_800))),
        FieldType.Message => Fill(field.MessageType, random, isJson),
        var other => throw new NotSupportedException($"No field of the contract has been of type {other}."),
    };

    private string Word(string name, Random random)
    {
        // Ids in answers are ids in requests, under some other names.
        var words = _words.GetValueOrDefault(name) ?? _words.GetValueOrDefault(name == "in_reply_to" ? "message_id" : "nickname") ?? [];
        return words.Count == 0 || random.Next(4) == 0 ? Mutate.Pick(Odd.Texts, random) : Mutate.Pick(words, random);
    }
}
