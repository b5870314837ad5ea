using System.Collections.Frozen;
using System.Runtime.Serialization;
using System.Text.Json;
using Google.Protobuf;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Accounts.Guests;
using WebChat.Actors.Matching;
using WebChat.Actors.Moderation;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using static WebChat.Actors.Cluster.MessageFormat;

namespace WebChat.Actors.Cluster;

/// <summary>
/// The formats of all messages that may cross nodes: protobuf for the frequent ones, JSON for the others. Other messages stay on
/// their node and are marked <see cref="Akka.Actor.INoSerializationVerificationNeeded"/>.
/// </summary>
public static class ClusterMessages
{
    private static readonly MessageFormat[] All =
    [
        Json<Done>("done.1"),
        Json<Rejection>("rejection.1"),

        Json<NodeCommands.ForgetKey>("node.forget-key.1"),
        Json<NodeCommands.ReadBans>("node.read-bans.1"),
        Json<NodeQueries.GetCounts>("node.get-counts.1"),
        Json<NodeReplies.CountsAre>("node.counts-are.1"),

        Json<AccountCommands.SignUp>("account.sign-up.1"),
        Json<AccountCommands.StartAsGuest>("account.start-as-guest.1"),
        Json<AccountCommands.Keep>("account.keep.1"),
        Json<AccountCommands.Adopt>("account.adopt.1"),
        Json<AccountCommands.Expire>("account.expire.1"),
        Json<AccountCommands.LogIn>("account.log-in.1"),
        Json<AccountCommands.Refresh>("account.refresh.1"),
        Json<AccountCommands.SetAdmin>("account.set-admin.1"),
        Json<AccountCommands.LogOut>("account.log-out.1"),
        Json<AccountCommands.ChangePassword>("account.change-password.1"),
        Json<AccountCommands.Revoke>("account.revoke.1"),
        Json<AccountCommands.Delete>("account.delete.1"),
        Json<AccountCommands.Erase>("account.erase.1"),
        Json<AccountQueries.GetPassword>("account.get-password.1"),
        Json<AccountQueries.GetAccount>("account.get-account.1"),
        Json<AccountQueries.CheckLogin>("account.check-login.1"),
        Json<AccountQueries.GetLogIns>("account.get-log-ins.1"),
        Json<AccountReplies.LoggedIn>("account.logged-in.1"),
        Json<AccountReplies.PasswordIs>("account.password-is.1"),
        Json<AccountReplies.LogInsAre>("account.log-ins-are.1"),
        Json<AccountReplies.LastUsed>("account.last-used.1"),
        Json<AccountReplies.AccountIs>("account.account-is.1"),

        Json<ErasureCommands.Request>("erasures.request.1"),
        Json<ErasureCommands.GoOn>("erasures.go-on.1"),
        Json<ErasureQueries.AwaitEnd>("erasures.await-end.1"),

        Json<GuestCommands.Note>("guests.note.1"),
        Json<GuestCommands.GoOn>("guests.go-on.1"),

        Json<UserCommands.Create>("user.create.1"),
        Json<UserCommands.UpdateProfile>("user.update-profile.1"),
        Json<UserCommands.AttachSession>("user.attach-session.1"),
        Json<UserCommands.NoteDetached>("user.note-detached.1"),
        Json<UserCommands.DetachSession>("user.detach-session.1"),
        Json<UserCommands.EndSessions>("user.end-sessions.1"),
        Json<UserCommands.Delete>("user.delete.1"),
        Json<UserCommands.CreateRoom>("user.create-room.1"),
        Json<UserCommands.JoinRoom>("user.join-room.1"),
        Json<UserCommands.EnterRoom>("user.enter-room.1"),
        Json<UserCommands.KeepRoom>("user.keep-room.1"),
        Json<UserCommands.NoteRead>("user.note-read.1"),
        Json<UserCommands.ExitRoom>("user.exit-room.1"),
        Json<UserCommands.NoteSearchEnded>("user.note-search-ended.1"),
        Json<UserCommands.Block>("user.block.1"),
        Json<UserCommands.NoteBan>("user.note-ban.1"),
        Json<UserCommands.NoteErased>("user.note-erased.1"),
        Json<UserCommands.Unblock>("user.unblock.1"),
        Json<UserCommands.StartSearch>("user.start-search.1"),
        Json<UserCommands.SubscribePush>("user.subscribe-push.1"),
        Json<UserCommands.UnsubscribePush>("user.unsubscribe-push.1"),
        Json<UserCommands.NoteMissed>("user.note-missed.1"),
        Json<UserQueries.GetProfile>("user.get-profile.1"),
        Json<UserQueries.GetSearch>("user.get-search.1"),
        Json<UserQueries.GetRooms>("user.get-rooms.1"),
        Json<UserQueries.GetBlocks>("user.get-blocks.1"),
        Json<UserQueries.GetPresence>("user.get-presence.1"),
        Json<UserQueries.GetPushes>("user.get-pushes.1"),
        Json<UserReplies.ProfileIs>("user.profile-is.1"),
        Json<UserReplies.RoomsAre>("user.rooms-are.1"),
        Json<UserReplies.BanNoted>("user.ban-noted.1"),
        Json<UserReplies.BlockIs>("user.block-is.1"),
        Json<UserReplies.BlocksAre>("user.blocks-are.1"),
        Json<UserReplies.PushesAre>("user.pushes-are.1"),
        Json<UserReplies.HasNoPush>("user.has-no-push.1"),
        Json<UserReplies.SessionAttached>("user.session-attached.1"),
        Json<UserReplies.Entered>("user.entered.1"),
        Json<UserNotices.RoomEntered>("user.room-entered.1"),
        Json<UserNotices.RoomExited>("user.room-exited.1"),
        Json<UserNotices.BlocksChanged>("user.blocks-changed.1"),
        Json<UserNotices.SearchEnded>("user.search-ended.1"),
        Json<UserNotices.SessionEnded>("user.session-ended.1"),
        Json<UserNotices.SessionTaken>("user.session-taken.1"),
        Json<UserNotices.Forgotten>("user.forgotten.1"),

        Json<RoomCommands.OpenPair>("room.open-pair.1"),
        Json<RoomCommands.OpenGroup>("room.open-group.1"),
        Json<RoomCommands.Join>("room.join.1"),
        Json<RoomCommands.Leave>("room.leave.1"),
        Json<RoomCommands.Part>("room.part.1"),
        Json<RoomCommands.Erase>("room.erase.1"),
        Json<RoomCommands.End>("room.end.1"),
        Json<RoomCommands.Rename>("room.rename.1"),
        Json<RoomCommands.RemoveMember>("room.remove-member.1"),
        RoomFormats.Send,
        Json<RoomCommands.Edit>("room.edit.1"),
        Json<RoomCommands.Remove>("room.remove.1"),
        Json<RoomCommands.React>("room.react.1"),
        Json<RoomCommands.Answer>("room.answer.1"),
        Json<RoomCommands.Keep>("room.keep.1"),
        Json<RoomCommands.Signal>("room.signal.1"),
        RoomFormats.Attach,
        Json<RoomCommands.Detach>("room.detach.1"),
        RoomFormats.SetOnline,
        RoomFormats.SetTyping,
        RoomFormats.NoteReceived,
        RoomFormats.MarkRead,
        Json<RoomQueries.GetRoom>("room.get-room.1"),
        Json<RoomQueries.GetShare>("room.get-share.1"),
        Json<RoomQueries.GetMember>("room.get-member.1"),
        Json<RoomQueries.GetMembers>("room.get-members.1"),
        Json<RoomQueries.GetFellow>("room.get-fellow.1"),
        Json<RoomQueries.StillIn>("room.still-in.1"),
        Json<RoomReplies.RoomIs>("room.room-is.1"),
        RoomFormats.Attached,
        Json<RoomReplies.Parted>("room.parted.1"),
        Json<RoomReplies.Membership>("room.membership.1"),
        Json<RoomReplies.FellowIs>("room.fellow-is.1"),
        Json<RoomReplies.ShareIs>("room.share-is.1"),
        Json<RoomReplies.Erased>("room.erased.1"),
        RoomFormats.Posted,
        Json<RoomReplies.Changed>("room.changed.1"),
        RoomFormats.Read,
        Json<RoomReplies.MemberIs>("room.member-is.1"),
        Json<RoomReplies.MembersAre>("room.members-are.1"),
        RoomFormats.Happened,
        RoomFormats.Passing,
        RoomFormats.HappenedForAll,
        RoomFormats.PassingForAll,
        Json<RoomNotices.Forgotten>("room.forgotten.1"),

        Json<DirectoryCommands.List>("directory.list.1"),
        Json<DirectoryCommands.Unlist>("directory.unlist.1"),
        Json<DirectoryQueries.GetPage>("directory.get-page.1"),
        Json<DirectoryReplies.Page>("directory.page.1"),

        Json<MatcherCommands.Enqueue>("matcher.enqueue.1"),
        Json<MatcherCommands.NotePresence>("matcher.note-presence.1"),
        Json<MatcherCommands.Reconsider>("matcher.reconsider.1"),
        Json<MatcherCommands.Withdraw>("matcher.withdraw.1"),
        Json<MatcherQueries.GetSearch>("matcher.get-search.1"),
        Json<MatcherQueries.CountWaiting>("matcher.count-waiting.1"),
        Json<MatcherReplies.SearchIs>("matcher.search-is.1"),
        Json<MatcherReplies.WaitingAre>("matcher.waiting-are.1"),

        Json<ReportsCommands.File>("reports.file.1"),
        Json<ReportsCommands.Dismiss>("reports.dismiss.1"),
        Json<ReportsCommands.BanReported>("reports.ban-reported.1"),
        Json<ReportsCommands.Ban>("reports.ban.1"),
        Json<ReportsCommands.Unban>("reports.unban.1"),
        Json<ReportsCommands.NoteDrain>("reports.note-drain.1"),
        Json<ReportsQueries.GetPage>("reports.get-page.1"),
        Json<ReportsQueries.GetReport>("reports.get-report.1"),
        Json<ReportsQueries.GetBans>("reports.get-bans.1"),
        Json<ReportsQueries.CountOpen>("reports.count-open.1"),
        Json<ReportsReplies.Filed>("reports.filed.1"),
        Json<ReportsReplies.ReportIs>("reports.report-is.1"),
        Json<ReportsReplies.Page>("reports.page.1"),
        Json<ReportsReplies.BanIs>("reports.ban-is.1"),
        Json<ReportsReplies.BansAre>("reports.bans-are.1"),
        Json<ReportsReplies.OpenAre>("reports.open-are.1"),
    ];

    private static readonly FrozenDictionary<Type, MessageFormat> ByType = All.ToFrozenDictionary(format => format.Type);
    private static readonly FrozenDictionary<string, MessageFormat> ByManifest = All.ToFrozenDictionary(format => format.Manifest);

    /// <summary>The types of all messages that may cross nodes.</summary>
    public static IReadOnlyCollection<Type> Types => ByType.Keys;

    /// <summary>The manifest of a type.</summary>
    /// <exception cref="SerializationException">The type has no manifest.</exception>
    public static string Manifest(Type type) => FormatOf(type).Manifest;

    /// <summary>Encodes a message.</summary>
    /// <exception cref="SerializationException">The type has no manifest.</exception>
    public static byte[] Write(object message) => FormatOf(message.GetType()).Write(message);

    /// <summary>Decodes a message.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, or the bytes do not fit it.</exception>
    public static object Read(string manifest, byte[] bytes)
    {
        if (!ByManifest.TryGetValue(manifest, out var format))
            throw new SerializationException($"A node sent '{manifest}', which this version does not know.");
        try
        {
            return format.Read(bytes);
        }
        catch (Exception ex) when (ex is JsonException or FormatException or InvalidProtocolBufferException)
        {
            throw new SerializationException($"A node sent an unreadable '{manifest}'.", ex);
        }
    }

    private static MessageFormat FormatOf(Type type) => ByType.TryGetValue(type, out var format)
        ? format
        : throw new SerializationException($"{type} has no manifest.");
}
