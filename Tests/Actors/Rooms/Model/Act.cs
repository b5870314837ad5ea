using Kind = WebChat.V1.Signal.Types.Kind;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>What a member asks of a room. Messages, questions and calls go by the order in which they came: m1, p1, c1.</summary>
public abstract record Act(string Member)
{
    public sealed record Join(string Member) : Act(Member);

    public sealed record Leave(string Member) : Act(Member);

    public sealed record End(string Member) : Act(Member);

    public sealed record Rename(string Member, string Name) : Act(Member);

    public sealed record RemoveMember(string Member, string Other) : Act(Member);

    /// <summary>Leaves if the other is the partner: <paramref name="Member"/> has blocked <paramref name="Other"/>.</summary>
    public sealed record Part(string Member, string Other) : Act(Member);

    /// <summary>Deletes the account, after which the user does nothing any more.</summary>
    public sealed record Delete(string Member) : Act(Member);

    public sealed record Send(string Member, string ClientId, string Text, string InReplyTo) : Act(Member);

    public sealed record Edit(string Member, string Message, string Text) : Act(Member);

    public sealed record Remove(string Member, string Message) : Act(Member);

    public sealed record React(string Member, string Message, string Emoji, bool On) : Act(Member);

    public sealed record Answer(string Member, string Prompt, bool Yes) : Act(Member);

    public sealed record Keep(string Member) : Act(Member);

    public sealed record Read(string Member, long Seq) : Act(Member);

    public sealed record Receive(string Member, long Seq) : Act(Member);

    public sealed record Type(string Member, bool Active) : Act(Member);

    public sealed record Look(string Member) : Act(Member);

    /// <summary>An empty <paramref name="Call"/> is the present one, whichever that is.</summary>
    public sealed record Signal(string Member, int Session, Kind Kind, string Call) : Act(Member);

    public sealed record Attach(string Member, int Session, bool Online) : Act(Member);

    /// <summary>Null as the reason: the user may come back.</summary>
    public sealed record Detach(string Member, int Session, LeaveReason? Leaves) : Act(Member);

    public sealed record SetOnline(string Member, int Session, bool Online) : Act(Member);
}
