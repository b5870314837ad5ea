using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;
using WebChat.V1;
using CallAnswered = WebChat.Journal.V1.CallAnswered;
using CallEnded = WebChat.Journal.V1.CallEnded;
using CallStarted = WebChat.Journal.V1.CallStarted;
using MemberJoined = WebChat.Journal.V1.MemberJoined;
using MemberLeft = WebChat.Journal.V1.MemberLeft;
using MessageEdited = WebChat.Journal.V1.MessageEdited;
using MessagePosted = WebChat.Journal.V1.MessagePosted;
using MessageRemoved = WebChat.Journal.V1.MessageRemoved;
using OwnerChanged = WebChat.Journal.V1.OwnerChanged;
using PromptAnswered = WebChat.Journal.V1.PromptAnswered;
using PromptOpened = WebChat.Journal.V1.PromptOpened;
using ReactionChanged = WebChat.Journal.V1.ReactionChanged;
using RevealRaised = WebChat.Journal.V1.RevealRaised;
using RoomEnded = WebChat.Journal.V1.RoomEnded;
using RoomKept = WebChat.Journal.V1.RoomKept;
using RoomRenamed = WebChat.Journal.V1.RoomRenamed;

namespace WebChat.Actors.Rooms;

/// <summary>A room, as its events have made it. What it decides stands in the files beside: membership, the owner's part, messages, prompts, calls.</summary>
public sealed partial record RoomState : IEntityState<RoomState>
{
    public static RoomState Initial { get; } = new();

    /// <summary>How the room was opened; null as long as there is no room.</summary>
    public RoomOpened? Opened { get; private init; }

    /// <summary>What a group is called; empty for a pair.</summary>
    public string Name { get; private init; } = "";

    /// <summary>When the room was opened.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The seq of the newest event, which is its sequence number in the journal.</summary>
    public long LastSeq { get; private init; }

    /// <summary>Whether the room is over.</summary>
    public bool Ended { get; private init; }

    /// <summary>Whether both of a pair want to keep it.</summary>
    public bool Kept { get; private init; }

    /// <summary>What a pair sees of one another: 0 nicknames, 1 blurred pictures and interests, 2 pictures and bios.</summary>
    public int RevealLevel { get; private init; }

    /// <summary>The owner may rename and end a group, and remove its members.</summary>
    public UserId Owner { get; private init; }

    /// <summary>The present and former members.</summary>
    public ImmutableDictionary<UserId, RoomMember> Members { get; private init; } = ImmutableDictionary<UserId, RoomMember>.Empty;

    /// <summary>The user of each member id. A user that joins again has a new member id.</summary>
    public ImmutableDictionary<MemberId, UserId> Persons { get; private init; } = ImmutableDictionary<MemberId, UserId>.Empty;

    /// <summary>The last messages that each member sent. They are kept for members that left, which may join again, and dropped with a deleted account.</summary>
    public ImmutableDictionary<MemberId, SentMessages> Sent { get; private init; } = ImmutableDictionary<MemberId, SentMessages>.Empty;

    /// <summary>The newest message as it was posted, and as it stands but for its reactions; null if there is none.</summary>
    public (MessagePosted Posted, Post Post)? LastMessage { get; private init; }

    /// <summary>The last question to a pair; null if there is none to be answered or asked again.</summary>
    public OpenPrompt? Prompt { get; private init; }

    /// <summary>The call that rings or is active; null if there is none.</summary>
    public OpenCall? Call { get; private init; }

    /// <summary>When a message was last posted, a call began or ended, or the room opened.</summary>
    public DateTimeOffset SpokenAt { get; private init; }

    /// <summary>From when the time to the next question counts.</summary>
    public DateTimeOffset StepAt { get; private init; }

    /// <summary>Whether it is a room for two.</summary>
    public bool IsPair => Opened?.Kind == Room.Types.Kind.Pair;

    /// <summary>The present or former member with the id that an event names.</summary>
    public RoomMember MemberOf(string memberId) => Members[Persons[new(memberId)]];

    public RoomState Apply(IMessage journaled) => (journaled switch
    {
        MemberJoined e => Apply(e),
        MemberLeft { Reason: V1.MemberLeft.Types.Reason.Deleted } e => Erase(e),
        MemberLeft e => Apply(e),
        MessagePosted e => Apply(e),
        ReactionChanged => this,
        IMessageChange e => LastMessage is { } last && last.Post.MessageId.Value == e.MessageId ? this with { LastMessage = last with { Post = last.Post.Apply(e) } } : this,
        PromptOpened e => this with { Prompt = Opening(e) },
        PromptAnswered e => this with { Prompt = Prompt! with { Answers = Prompt.Answers.SetItem(new(e.MemberId), e.Yes) } },
        RevealRaised e => this with { RevealLevel = e.Level, Prompt = null, StepAt = Time(e.At) },
        RoomKept => this with { Kept = true, Prompt = null },
        CallStarted e => Apply(e),
        CallAnswered e => Apply(e),
        CallEnded e => Apply(e),
        RoomEnded => this with { Ended = true, Prompt = null },
        RoomRenamed e => this with { Name = e.Name },
        OwnerChanged e => this with { Owner = MemberOf(e.MemberId).UserId },
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of a room.", nameof(journaled)),
    }) with
    { LastSeq = LastSeq + 1 };

    public static RoomState FromSnapshot(IMessage snapshot)
    {
        var from = (RoomSnapshot)snapshot;
        return new()
        {
            Opened = from.Opened,
            Name = from.Name.Length > 0 ? from.Name : from.Opened.Name,
            CreatedAt = Time(from.CreatedAt),
            LastSeq = from.LastSeq,
            Ended = from.Ended,
            Kept = from.Kept,
            RevealLevel = from.RevealLevel,
            Owner = new(from.OwnerId),
            Members = from.Members.ToImmutableDictionary(m => new UserId(m.UserId), m => new RoomMember(new(m.MemberId), new(m.UserId), m.Nickname, m.Left, m.Removed, m.Erased, m.Since)),
            Persons = from.Members.Select(m => KeyValuePair.Create(new MemberId(m.MemberId), new UserId(m.UserId)))
                .Concat(from.FormerMembers.Select(m => KeyValuePair.Create(new MemberId(m.MemberId), new UserId(m.UserId)))).ToImmutableDictionary(),
            Sent = from.Sent.ToImmutableDictionary(sent => new MemberId(sent.MemberId), SentMessages.FromSnapshot),
            LastMessage = from.LastMessage is null ? null : Restored(from.LastMessage),
            SpokenAt = Time(from.SpokenAt),
            StepAt = Time(from.StepAt),
            Prompt = from.Prompt is null ? null : Opening(from.Prompt) with { Answers = from.Answers.ToImmutableDictionary(a => new MemberId(a.MemberId), a => a.Yes) },
            Call = from.Call is null ? null : Ringing(from.Call) with { AnsweredAt = from.CallAnsweredAt == 0 ? null : Time(from.CallAnsweredAt) },
        };
    }

    public ISnapshot ToSnapshot() => new RoomSnapshot
    {
        Opened = Opened,
        Name = Name == Opened?.Name ? "" : Name,
        CreatedAt = CreatedAt.ToUnixTimeMilliseconds(),
        LastSeq = LastSeq,
        Ended = Ended,
        Kept = Kept,
        RevealLevel = RevealLevel,
        OwnerId = Owner.Value ?? "",
        SpokenAt = SpokenAt.ToUnixTimeMilliseconds(),
        StepAt = StepAt.ToUnixTimeMilliseconds(),
        Members =
        {
            Members.Values.Select(m => new RoomSnapshot.Types.Member
            {
                MemberId = m.MemberId.Value,
                UserId = m.UserId.Value,
                Nickname = m.Nickname,
                Left = m.Left,
                Removed = m.Removed,
                Since = m.Since,
                Erased = m.Erased,
            }),
        },
        FormerMembers =
        {
            Persons.Where(p => Members[p.Value].MemberId != p.Key).Select(p => new RoomSnapshot.Types.FormerMember { MemberId = p.Key.Value, UserId = p.Value.Value }),
        },
        Sent = { Sent.Select(sent => sent.Value.ToSnapshot(sent.Key)) },
        LastMessage = LastMessage is { } last ? ToSnapshot(last.Posted, last.Post) : null,
        Prompt = Prompt is null ? null : new()
        {
            PromptId = Prompt.Id,
            Kind = Prompt.Kind,
            Round = Prompt.Round,
            ClosesAt = Prompt.ClosesAt.ToUnixTimeMilliseconds(),
            ByMemberId = Prompt.AskedBy?.Value ?? "",
        },
        Answers = { (Prompt?.Answers ?? []).Select(answer => new PromptAnswered { MemberId = answer.Key.Value, Yes = answer.Value }) },
        Call = Call is null ? null : new()
        {
            CallId = Call.Id,
            ByMemberId = Call.By.Value,
            At = Call.StartedAt.ToUnixTimeMilliseconds(),
            RingsUntil = Call.RingsUntil.ToUnixTimeMilliseconds(),
        },
        CallAnsweredAt = Call?.AnsweredAt?.ToUnixTimeMilliseconds() ?? 0,
    };

    private static RoomSnapshot.Types.LastMessage ToSnapshot(MessagePosted posted, Post post)
    {
        var snapshot = new RoomSnapshot.Types.LastMessage { Seq = post.Seq, Posted = posted.Clone(), EditedAt = post.EditedAt ?? 0, Removed = post.Removed };
        // A text that can no longer be decrypted is not kept either.
        if (post.Removed)
            (snapshot.Posted.Text, snapshot.Posted.Encrypted) = ("", ByteString.Empty);
        else if (post.Text is not null)
            snapshot.Posted.Text = post.Text;
        return snapshot;
    }

    private static (MessagePosted Posted, Post Post) Restored(RoomSnapshot.Types.LastMessage from)
    {
        var post = Post.Of(from.Seq, from.Posted);
        if (from.EditedAt > 0)
            post = post.Apply(new MessageEdited { At = from.EditedAt, Text = from.Posted.Text });
        return (from.Posted, from.Removed ? post.Remove() : post);
    }

    private static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    private static OpenPrompt Opening(PromptOpened e)
    {
        MemberId? by = e.ByMemberId.Length > 0 ? new MemberId(e.ByMemberId) : null;
        var answers = ImmutableDictionary<MemberId, bool>.Empty;
        return new(e.PromptId, e.Kind, e.Round, Time(e.ClosesAt), by, by is { } asker ? answers.Add(asker, true) : answers);
    }

    private RoomState Apply(MemberJoined e)
    {
        var member = new RoomMember(new(e.MemberId), new(e.UserId), e.Nickname, Left: false, Since: LastSeq + 1);
        var joined = this with { Members = Members.SetItem(member.UserId, member), Persons = Persons.Add(member.MemberId, member.UserId) };
        var at = Time(e.At);
        return e.Opened is null ? joined : joined with { Opened = e.Opened, Name = e.Opened.Name, CreatedAt = at, SpokenAt = at, StepAt = at, Owner = member.UserId };
    }

    private RoomState Apply(MemberLeft e)
    {
        var member = MemberOf(e.MemberId);
        return this with { Members = Members.SetItem(member.UserId, member with { Left = true, Removed = e.Reason == V1.MemberLeft.Types.Reason.Removed }) };
    }

    private RoomState Apply(MessagePosted e)
    {
        var author = new MemberId(e.MemberId);
        var sent = Sent.GetValueOrDefault(author, SentMessages.None).Add(e.ClientId, LastSeq + 1, e.At);
        return this with { Sent = Sent.SetItem(author, sent), LastMessage = (e, Post.Of(LastSeq + 1, e)), SpokenAt = Time(e.At) };
    }
}
