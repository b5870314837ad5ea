using System.Collections.Frozen;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WebChat.Journal.V1;

namespace WebChat.Actors.Persistence;

/// <summary>
/// The manifests of all events and snapshots. A manifest is a short name and a version, so that a class may be renamed and a
/// format may change. A released manifest stays readable.
/// </summary>
public static class Manifests
{
    /// <summary>The manifest of the rooms that a user is or was in.</summary>
    public const string RoomEnteredManifest = "user.room-entered.1";

    /// <summary>The manifest of a user's deletion.</summary>
    public const string UserDeletedManifest = "user.deleted.1";

    /// <summary>The manifest of the messages in a room's history.</summary>
    public const string MessagePostedManifest = "room.message-posted.1";

    private static readonly (string Manifest, MessageDescriptor Message)[] All =
    [
        ("account.signed-up.1", SignedUp.Descriptor),
        ("account.refresh-issued.1", RefreshIssued.Descriptor),
        ("account.refresh-revoked.1", RefreshRevoked.Descriptor),
        ("account.admin-granted.1", AdminGranted.Descriptor),
        ("account.admin-withdrawn.1", AdminWithdrawn.Descriptor),
        ("account.password-changed.1", PasswordChanged.Descriptor),
        ("account.keep-requested.1", KeepRequested.Descriptor),
        ("account.keep-refused.1", KeepRefused.Descriptor),
        ("account.kept.1", AccountKept.Descriptor),
        ("account.deleted.1", AccountDeleted.Descriptor),
        ("account.snapshot.1", AccountSnapshot.Descriptor),

        ("user.profile-changed.1", ProfileChanged.Descriptor),
        ("user.room-requested.1", RoomRequested.Descriptor),
        (RoomEnteredManifest, RoomEntered.Descriptor),
        ("user.room-exited.1", RoomExited.Descriptor),
        ("user.room-read.1", RoomRead.Descriptor),
        ("user.blocked.1", Blocked.Descriptor),
        ("user.unblocked.1", Unblocked.Descriptor),
        ("user.banned.1", Banned.Descriptor),
        ("user.unbanned.1", Unbanned.Descriptor),
        ("user.push-subscribed.1", PushSubscribed.Descriptor),
        ("user.push-unsubscribed.1", PushUnsubscribed.Descriptor),
        (UserDeletedManifest, UserDeleted.Descriptor),
        ("user.snapshot.1", UserSnapshot.Descriptor),

        ("session.opened.1", SessionOpened.Descriptor),
        ("session.closed.1", SessionClosed.Descriptor),

        ("room.member-joined.1", MemberJoined.Descriptor),
        ("room.member-left.1", MemberLeft.Descriptor),
        (MessagePostedManifest, MessagePosted.Descriptor),
        ("room.message-edited.1", MessageEdited.Descriptor),
        ("room.message-removed.1", MessageRemoved.Descriptor),
        ("room.reaction-changed.1", ReactionChanged.Descriptor),
        ("room.prompt-opened.1", PromptOpened.Descriptor),
        ("room.prompt-answered.1", PromptAnswered.Descriptor),
        ("room.kept.1", RoomKept.Descriptor),
        ("room.reveal-raised.1", RevealRaised.Descriptor),
        ("room.ended.1", RoomEnded.Descriptor),
        ("room.renamed.1", RoomRenamed.Descriptor),
        ("room.owner-changed.1", OwnerChanged.Descriptor),
        ("room.call-started.1", CallStarted.Descriptor),
        ("room.call-answered.1", CallAnswered.Descriptor),
        ("room.call-ended.1", CallEnded.Descriptor),
        ("room.snapshot.1", RoomSnapshot.Descriptor),

        ("directory.listed.1", Listed.Descriptor),
        ("directory.unlisted.1", Unlisted.Descriptor),
        ("directory.snapshot.1", DirectorySnapshot.Descriptor),

        ("matcher.enqueued.1", Enqueued.Descriptor),
        ("matcher.search-paused.1", SearchPaused.Descriptor),
        ("matcher.search-resumed.1", SearchResumed.Descriptor),
        ("matcher.withdrawn.1", Withdrawn.Descriptor),
        ("matcher.paired.1", Paired.Descriptor),
        ("matcher.pair-opened.1", PairOpened.Descriptor),
        ("matcher.snapshot.1", MatcherSnapshot.Descriptor),

        ("reports.reported.1", Reported.Descriptor),
        ("reports.dismissed.1", ReportDismissed.Descriptor),
        ("reports.ban-imposed.1", BanImposed.Descriptor),
        ("reports.ban-lifted.1", BanLifted.Descriptor),
        ("reports.ban-carried-out.1", BanCarriedOut.Descriptor),
        ("reports.drained.1", Drained.Descriptor),
        ("reports.snapshot.1", ReportsSnapshot.Descriptor),

        ("erasure.requested.1", ErasureRequested.Descriptor),
        ("erasure.done.1", ErasureDone.Descriptor),
        ("erasure.snapshot.1", ErasureSnapshot.Descriptor),

        ("guests.noted.1", GuestNoted.Descriptor),
        ("guests.forgotten.1", GuestForgotten.Descriptor),
        ("guests.snapshot.1", GuestsSnapshot.Descriptor),
    ];

    private static readonly FrozenDictionary<Type, string> Names = All.ToFrozenDictionary(m => m.Message.ClrType, m => m.Manifest);
    private static readonly FrozenDictionary<string, MessageParser> Parsers = All.ToFrozenDictionary(m => m.Manifest, m => m.Message.Parser);

    /// <summary>The types of all events and snapshots.</summary>
    public static IReadOnlyCollection<Type> Types => Names.Keys;

    /// <summary>The manifest of a type.</summary>
    /// <exception cref="SerializationException">The type has no manifest.</exception>
    public static string Of(Type type) => Names.TryGetValue(type, out var manifest)
        ? manifest
        : throw new SerializationException($"{type} has no manifest.");

    /// <summary>Reads an event or snapshot; encrypted fields stay encrypted.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes do not fit it.</exception>
    public static IMessage Parse(string manifest, ReadOnlySpan<byte> bytes)
    {
        if (!Parsers.TryGetValue(manifest, out var parser))
            throw new SerializationException($"The journal holds '{manifest}', which this version does not know.");
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException ex)
        {
            throw new SerializationException($"A journal row is not a readable '{manifest}'.", ex);
        }
    }
}
