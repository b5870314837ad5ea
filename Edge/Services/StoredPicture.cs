using Google.Protobuf;
using WebChat.Actors.Users.Avatars;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>A picture on its way to somebody who may see it.</summary>
/// <param name="MediaType">As its content says.</param>
/// <param name="Tag">Changes when, and only when, the content does.</param>
/// <param name="Content">To be closed by who reads it.</param>
public sealed record StoredPicture(string MediaType, string Tag, Stream Content)
{
    /// <summary>A small one. Its tag is its own, so that it tells nothing of the picture that it stands for.</summary>
    public static StoredPicture InMemory(string mediaType, ByteString content) =>
        new(mediaType, AvatarId.Of(content.Span).Value, new MemoryStream(content.ToByteArray(), writable: false));

    /// <summary>The whole of it as a message.</summary>
    public async Task<Picture> ToMessage(CancellationToken cancellation)
    {
        await using (Content)
            return new() { MediaType = MediaType, Data = await ByteString.FromStreamAsync(Content, cancellation) };
    }
}
