using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Actors.Users.Pictures;
using WebChat.Edge.Errors;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Writes all data of a user as one JSON document in pieces, so that memory does not grow with its length.</summary>
public sealed class DataExport(
    Region<AccountRegion> accounts,
    Region<UserRegion> users,
    PictureStore pictures,
    Region<RoomRegion> rooms,
    RoomHistory history,
    Failures failures,
    TimeProvider time)
{
    private const int MessagesPerPage = 200;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    /// <summary>The pieces of the document, in order. Each ends between two tokens, where JSON allows white space.</summary>
    /// <exception cref="RejectedException">The caller may not export. Thrown before the first piece.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(Identity caller, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("exportedAt", time.GetUtcNow());
        json.WriteString("userId", caller.User.Value);
        json.WriteString("username", caller.Username.Value);
        Write(json, "sessions", await accounts.GetLogins(caller, cancellation));
        var profile = (await users.Ask<UserReplies.ProfileIs>(new UserQueries.GetProfile(caller.User), cancellation)).Profile;
        var hasPicture = await pictures.Exists(caller.User, cancellation);
        Write(json, "profile", new Profile(profile) { HasAvatar = hasPicture });
        Write(json, hasPicture, await TryRead(pictures.ReadImage(caller.User, cancellation)));
        Write(json, "blocks", (await users.Ask<UserReplies.BlocksAre>(new UserQueries.GetBlocks(caller.User), cancellation)).Blocks);
        json.WriteStartArray("rooms");
        foreach (var room in await history.RoomsOf(caller.User, cancellation))
        {
            json.WriteStartObject();
            json.WriteString("roomId", room.Value);
            var share = await TryRead(rooms.Ask<RoomReplies.ShareIs>(new RoomQueries.GetShare(room, caller.User), cancellation));
            var isComplete = share is not null;
            json.WriteString("name", share?.Name);
            json.WriteString("kind", share?.Kind.ToString().ToUpperInvariant());
            json.WriteStartArray("messages");
            var own = share?.Members.Select(member => member.Value).ToHashSet() ?? [];
            for (var before = long.MaxValue; before > 0 && own.Count > 0;)
            {
                if (await TryRead(history.ListMessages(room, before, MessagesPerPage, share!.Members[0], cancellation)) is not { } page)
                {
                    isComplete = false;
                    break;
                }

                Write(json, page.Messages.Where(message => own.Contains(message.MemberId)));
                yield return await Take(json, buffer);
                before = page.NextBeforeSeq;
            }

            json.WriteEndArray();
            json.WriteBoolean("complete", isComplete);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        yield return await Take(json, buffer);
    }

    /// <summary>Reads a part; null if it cannot be read, so that the rest is exported all the same.</summary>
    private async Task<T?> TryRead<T>(Task<T> part)
        where T : class?
    {
        try
        {
            return await part;
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            failures.Explain(ex);
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, bool hasPicture, byte[]? picture)
    {
        if (!hasPicture)
        {
            json.WriteNull("picture");
            return;
        }

        json.WriteStartObject("picture");
        json.WriteString("mediaType", ProfilePicture.MediaType);
        json.WriteBase64String("data", picture);
        json.WriteBoolean("complete", picture is not null);
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
