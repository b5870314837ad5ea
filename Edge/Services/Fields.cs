using System.Globalization;
using WebChat.Actors.Accounts;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.Edge.Errors;
using WebChat.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace WebChat.Edge.Services;

/// <summary>Parses the fields of requests into the domain's types. An invalid field is rejected by its name.</summary>
internal static class Fields
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;

    private static RejectedException NoPage => RejectedException.Invalid("page_token", "is not a token of this list");

    public static Username Username(string text) =>
        Actors.Accounts.Username.TryParse(text, out var username) ? username : throw RejectedException.Invalid("username", "must be 3 to 20 of A-Z, a-z, 0-9 and _");

    public static Password Password(string text, string field = "password") =>
        Actors.Accounts.Password.TryParse(text, out var password) ? password : throw RejectedException.Invalid(field, "must have 8 to 128 characters, none of them a control character");

    public static FamilyId Session(string text) =>
        FamilyId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("session_id", "is not the id of a session");

    public static Nickname Nickname(string text) =>
        Actors.Users.Nickname.TryParse(text, out var nickname, out var why) ? nickname : throw RejectedException.Invalid("nickname", why);

    public static RoomId RoomId(string text) =>
        Actors.Rooms.RoomId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("room_id", "is not the id of a room");

    public static MemberId MemberId(string text) =>
        Actors.Rooms.MemberId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("member_id", "is not the id of a member");

    public static BlockId BlockId(string text) =>
        Actors.Users.BlockId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("block_id", "is not the id of a block");

    public static UserId UserId(string text) =>
        Actors.Users.UserId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("user_id", "is not the id of a user");

    public static ReportId ReportId(string text) =>
        Actors.Moderation.ReportId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("report_id", "is not the id of a report");

    public static ReportComment ReportComment(string text) =>
        Actors.Moderation.ReportComment.TryParse(text, out var comment, out var why) ? comment : throw RejectedException.Invalid("comment", why);

    public static ReportReason ReportReason(ReportReason reason) =>
        reason != V1.ReportReason.Unspecified && Enum.IsDefined(reason) ? reason : throw RejectedException.Invalid("reason", "is unknown");

    public static RoomName RoomName(string text) =>
        Actors.Rooms.RoomName.TryParse(text, out var name, out var why) ? name : throw RejectedException.Invalid("name", why);

    public static int Capacity(int capacity) =>
        capacity is >= 2 and <= 1_000 ? capacity : throw RejectedException.Invalid("capacity", "must be 2 to 1,000");

    public static ClientId ClientId(string text) =>
        Actors.Rooms.ClientId.TryParse(text, out var id, out var why) ? id : throw RejectedException.Invalid("client_id", why);

    public static MessageText MessageText(string text) =>
        Actors.Rooms.MessageText.TryParse(text, out var message, out var why) ? message : throw RejectedException.Invalid("text", why);

    public static MessageId MessageId(string text) =>
        Actors.Rooms.MessageId.TryParse(text, out var id) ? id : throw RejectedException.Invalid("message_id", "is not the id of a message");

    public static Emoji Emoji(string text) =>
        Actors.Rooms.Emoji.TryParse(text, out var emoji) ? emoji : throw RejectedException.Invalid("emoji", "is not one emoji");

    /// <summary>The id of a message, or empty.</summary>
    public static string InReplyTo(string text) =>
        text.Length == 0 || Actors.Rooms.MessageId.TryParse(text, out _) ? text : throw RejectedException.Invalid("in_reply_to", "is not the id of a message");

    // Protobuf itself accepts times before the year 1 and after the year 9999.
    public static DateTimeOffset Until(Timestamp? time) => time switch
    {
        null => throw RejectedException.Invalid("until", "must be set"),
        { Seconds: >= -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and < 1_000_000_000 } => time.ToDateTimeOffset(),
        _ => throw RejectedException.Invalid("until", "must be a time between the years 1 and 9999"),
    };

    public static int PageSize(int size) => size switch
    {
        < 0 => throw RejectedException.Invalid("page_size", "must not be negative"),
        0 => DefaultPage,
        _ => Math.Min(size, LargestPage),
    };

    /// <summary>The room before the page; null for the first page.</summary>
    public static RoomId? RoomPage(string token) =>
        token.Length == 0 ? null : Actors.Rooms.RoomId.TryParse(token, out var id) ? id : throw NoPage;

    /// <summary>The report before the page; null for the first page.</summary>
    public static ReportId? ReportPage(string token) =>
        token.Length == 0 ? null : Actors.Moderation.ReportId.TryParse(token, out var id) ? id : throw NoPage;

    /// <summary>The position of the page in the list of members; 0 for the first page.</summary>
    public static long MemberPage(string token) =>
        token.Length == 0 ? 0 : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : throw NoPage;

    public static long BeforeSeq(long seq) => seq switch
    {
        < 0 => throw RejectedException.Invalid("before_seq", "must not be negative"),
        0 => long.MaxValue,
        _ => seq,
    };

    public static Mode Mode(Mode mode) => mode switch
    {
        V1.Mode.Unspecified => V1.Mode.Chat,
        V1.Mode.Chat or V1.Mode.Voice => mode,
        _ => throw RejectedException.Invalid("mode", "must be CHAT or VOICE"),
    };
}
