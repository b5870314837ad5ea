using System.Text.Json.Serialization;

namespace WebChat.Kestrel;

/// <summary>A client sends an id and a text, is answered with the id and a seq, and is told of others' messages by seq and text.</summary>
internal sealed record Frame(string? Id = null, long Seq = 0, string? Text = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Frame))]
internal sealed partial class FrameJson : JsonSerializerContext;
