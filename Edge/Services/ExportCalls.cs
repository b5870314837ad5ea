using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Journal;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Gives people all that is theirs, as one JSON document that is read piece by piece, however long it is.</summary>
public sealed class ExportCalls(
    AuthCalls auth,
    UserCalls users,
    PictureStore pictures,
    Region<RoomRegion> rooms,
    IRoomHistory history,
    MessageHistory messages,
    UserLimits limits,
    TimeProvider time)
{
    private const int MessagesPerPage = 200;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    /// <summary>The pieces of the document, in order.</summary>
    /// <exception cref="RejectedException">Before the first piece: who asks may not.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(Identity who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        limits.Take(who.User);
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("exportedAt", time.GetUtcNow());
        json.WriteString("userId", who.User.Value);
        json.WriteString("username", who.Username?.Value);
        Write(json, "sessions", (await auth.ListSessions(who, cancellation)).Sessions);
        Write(json, "profile", await users.GetProfile(who, cancellation));
        await WritePicture(json, who, cancellation);
        Write(json, "blocks", (await users.ListBlocks(who, cancellation)).Blocks);
        json.WriteStartArray("rooms");
        foreach (var room in await history.RoomsOf(who.User, cancellation))
        {
            await foreach (var page in WriteRoom(json, room, who, cancellation))
            {
                Write(json, page);
                yield return await Take(json, buffer);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        yield return await Take(json, buffer);
    }

    // Begins the room, and gives the person's own messages, newest first.
    private async IAsyncEnumerable<IEnumerable<Message>> WriteRoom(Utf8JsonWriter json, RoomId room, Identity who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var share = await rooms.Ask<RoomReplies.ShareIs>(new RoomQueries.GetShare(room, who.User), cancellation);
        json.WriteStartObject();
        json.WriteString("roomId", room.Value);
        json.WriteString("name", share.Name);
        json.WriteString("kind", share.Kind.ToString().ToUpperInvariant());
        json.WriteStartArray("messages");
        var own = share.Members.Select(member => member.Value).ToHashSet();
        for (var before = long.MaxValue; before > 0 && own.Count > 0;)
        {
            var page = await messages.Read(room, before, MessagesPerPage, share.Members[0], cancellation);
            yield return page.Messages.Where(message => own.Contains(message.MemberId));
            before = page.NextBeforeSeq;
        }
    }

    private async Task WritePicture(Utf8JsonWriter json, Identity who, CancellationToken cancellation)
    {
        if (await pictures.ReadImage(who.User, cancellation) is not { } picture)
        {
            json.WriteNull("picture");
            return;
        }

        json.WriteStartObject("picture");
        json.WriteString("mediaType", ProfilePicture.MediaType);
        json.WriteBase64String("data", picture);
        json.WriteEndObject();
    }

    private static async Task<ReadOnlyMemory<byte>> Take(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        await json.FlushAsync();
        var piece = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        return piece;
    }

    private static void Write(Utf8JsonWriter json, string name, IMessage message)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Formatter.Format(message));
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<IMessage> all)
    {
        json.WriteStartArray(name);
        Write(json, all);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<IMessage> all)
    {
        foreach (var message in all)
            json.WriteRawValue(Formatter.Format(message));
    }
}
