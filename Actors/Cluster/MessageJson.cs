using System.Linq.Expressions;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace WebChat.Actors.Cluster;

/// <summary>
/// Messages between nodes as JSON without names of types: a reader decides the type. Value objects are their texts, and protobuf
/// messages their bytes in Base64.
/// </summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        // No page ever shows this text.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new ValueObjects(), new ProtobufMessages(), new Sets() },
    };

    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, Options);

    /// <exception cref="JsonException">The bytes are no message of this type.</exception>
    public static T Read<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException("The message is null.");

    private static JsonConverter Create(Type converter, Type type) => (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(type))!;

    private sealed class ValueObjects : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsValueType && type.GetConstructor([typeof(string)]) is not null && type.GetProperty("Value")?.PropertyType == typeof(string);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) => Create(typeof(ValueObject<>), type);
    }

    private sealed class ValueObject<T> : JsonConverter<T>
        where T : struct
    {
        private readonly Func<string?, T> _make;
        private readonly Func<T, string?> _textOf;

        public ValueObject()
        {
            var (text, value) = (Expression.Parameter(typeof(string)), Expression.Parameter(typeof(T)));
            _make = Expression.Lambda<Func<string?, T>>(Expression.New(typeof(T).GetConstructor([typeof(string)])!, text), text).Compile();
            _textOf = Expression.Lambda<Func<T, string?>>(Expression.Property(value, "Value"), value).Compile();
        }

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => _make(reader.GetString());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(_textOf(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => _make(reader.GetString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(_textOf(value)!);
    }

    private sealed class ProtobufMessages : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsAssignableTo(typeof(IMessage));

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) => Create(typeof(ProtobufMessage<>), type);
    }

    private sealed class ProtobufMessage<T> : JsonConverter<T>
        where T : IMessage<T>, new()
    {
        private static readonly MessageParser<T> Parser = new(() => new());

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parser.ParseFrom(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToByteArray());
    }

    // System.Text.Json writes this interface but cannot read it.
    private sealed class Sets : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) => Create(typeof(Set<>), type.GetGenericArguments()[0]);
    }

    private sealed class Set<T> : JsonConverter<IReadOnlySet<T>>
    {
        public override IReadOnlySet<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<HashSet<T>>(ref reader, options)!;

        public override void Write(Utf8JsonWriter writer, IReadOnlySet<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
    }
}
