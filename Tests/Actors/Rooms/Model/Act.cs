using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>What somebody asks of a room. Messages, questions and calls go by the order in which they came: m1, p1, c1.</summary>
public abstract record Act(string Who)
{
    public sealed record Join(string Who) : Act(Who);

    public sealed record Leave(string Who) : Act(Who);

    public sealed record End(string Who) : Act(Who);

    public sealed record Rename(string Who, string Name) : Act(Who);

    public sealed record RemoveMember(string Who, string Whom) : Act(Who);

    /// <summary>Leaves if the other is the partner: <paramref name="Who"/> has blocked <paramref name="Whom"/>.</summary>
    public sealed record Part(string Who, string Whom) : Act(Who);

    /// <summary>Deletes the account, after which the user does nothing any more.</summary>
    public sealed record Delete(string Who) : Act(Who);

    public sealed record Send(string Who, string ClientId, string Text, string InReplyTo) : Act(Who);

    public sealed record Edit(string Who, string Message, string Text) : Act(Who);

    public sealed record Remove(string Who, string Message) : Act(Who);

    public sealed record React(string Who, string Message, string Emoji, bool On) : Act(Who);

    public sealed record Answer(string Who, string Prompt, bool Yes) : Act(Who);

    public sealed record Keep(string Who) : Act(Who);

    public sealed record Read(string Who, long Seq) : Act(Who);

    public sealed record Receive(string Who, long Seq) : Act(Who);

    public sealed record Type(string Who, bool Active) : Act(Who);

    public sealed record Look(string Who) : Act(Who);

    /// <summary>An empty <paramref name="Call"/> is the present one, whichever that is.</summary>
    public sealed record Signal(string Who, int Session, Kind Kind, string Call) : Act(Who);

    public sealed record Attach(string Who, int Session, bool Online) : Act(Who);

    public sealed record Detach(string Who, int Session, bool Absent) : Act(Who);

    public sealed record SetOnline(string Who, int Session, bool Online) : Act(Who);
}
