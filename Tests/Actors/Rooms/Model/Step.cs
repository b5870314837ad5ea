using Kind = WebChat.V1.Signal.Types.Kind;
using LeaveReason = WebChat.V1.MemberLeft.Types.Reason;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>A step of a trial as FsCheck makes it up and shrinks it: a few small numbers.</summary>
public sealed record Step(byte What, byte Member, byte Which, byte More)
{
    // How often each comes.
    private static readonly (int Weight, string Name)[] Kinds =
    [
        (14, "send"), (5, "chatter"), (6, "edit"), (4, "remove"), (7, "react"), (2, "read"), (8, "answer"), (12, "agree"), (1, "keep"), (14, "signal"),
        (6, "talk"), (6, "attach"), (4, "detach"), (8, "online"), (8, "join"), (1, "leave"), (1, "end"), (4, "rename"), (3, "put out"),
        (4, "look"), (5, "type"), (4, "receive"), (2, "part"), (2, "delete"), (20, "wait"), (10, "crash"),
    ];

    /// <summary>An emoji that is at no message.</summary>
    public const string Unused = "👀";

    // So many that a snapshot is made now and then.
    private const int Chatter = 60;

    private static readonly int Weights = Kinds.Sum(kind => kind.Weight);
    private static readonly int[] Seconds = [300, 1, 10, 16, 20, 31, 60, 125, 290, 300, 300, 560];
    private static readonly string[] Emojis = ["👍", "🎉"];

    /// <summary>What kind of step it is.</summary>
    public string Name
    {
        get
        {
            var at = What % Weights;
            return Kinds.First(kind => (at -= kind.Weight) < 0).Name;
        }
    }

    /// <summary>How long to wait.</summary>
    public TimeSpan Wait() => TimeSpan.FromSeconds(Seconds[Which % Seconds.Length]);

    /// <summary>How many of the next steps are under way when the room crashes.</summary>
    public int UnderWay() => Which % 4;

    /// <summary>Whether the whole process goes down; else the room throws, or is stopped.</summary>
    public bool TakesAll() => More % 16 == 15;

    /// <summary>Whether the room throws, and is restarted at once.</summary>
    public bool Throws() => More % 2 == 0;

    /// <summary>Whether the clients come back when the room is there again.</summary>
    public bool IsWaitedFor() => Member % 8 > 0;

    /// <summary>Why a user that detaches leaves at once; null: the user may come back.</summary>
    private LeaveReason? Leaves => (More % 16) switch { 15 => LeaveReason.Absent, 14 => LeaveReason.Left, _ => null };

    /// <summary>The step as what is asked of the room; nothing, if it is none of that.</summary>
    /// <param name="people">The members; the first two are a pair.</param>
    /// <param name="messages">How many messages there are so far; one more is referred to.</param>
    /// <param name="prompts">How many questions.</param>
    /// <param name="calls">How many calls.</param>
    public IReadOnlyList<Act> ToActs(IReadOnlyList<string> people, int messages, int prompts, int calls)
    {
        // Mostly one of the first two.
        var member = people[Member % 8 < 7 ? Member % 2 : Which % people.Count];
        // One of the newest, so that several things happen to the same; or one that there is not yet.
        var message = $"m{Math.Max(1, messages + 1 - (Which % 5))}";
        var prompt = $"p{Math.Max(1, prompts - (Which % 8 == 7 ? 1 : 0))}";
        return Name switch
        {
            "send" => [new Act.Send(member, $"k{Which % 24}", $"text {More}", More % 8 == 7 ? message : "")],
            "chatter" => [.. Enumerable.Range(messages + 1, Chatter).Select(i => new Act.Send(member, $"x{i}", $"text {i}", ""))],
            "edit" => [new Act.Edit(member, message, $"text {More % 4}")],
            "remove" => [new Act.Remove(member, message)],
            "react" => [.. people.Take(2).Select(one => new Act.React(one, message, Emojis[More % Emojis.Length], More % 8 < 6 || one == member))],
            "read" => [new Act.Read(member, Which)],
            "answer" => [new Act.Answer(member, prompt, More % 16 != 15)],
            "agree" => [new Act.Answer(people[0], prompt, true), new Act.Answer(people[1], prompt, true)],
            "keep" => [new Act.Keep(member)],
            "signal" => [new Act.Signal(member, More % 8 == 7 ? 1 : 0, (Kind)(1 + (Which % 4)), More % 4 == 3 ? $"c{Math.Max(1, calls - (More % 8 / 4))}" : "")],
            "talk" => [new Act.Signal(people[Member % 2], 0, Kind.Offer, ""), new Act.Signal(people[1 - (Member % 2)], Which % 4 == 3 ? 1 : 0, Kind.Answer, "")],
            "attach" => [new Act.Attach(member, Which % 2, More % 4 != 3)],
            "detach" => [new Act.Detach(member, Which % 2, Leaves)],
            "online" => [new Act.SetOnline(member, Which % 2, More % 2 == 0)],
            "join" => [new Act.Join(people[Which % people.Count]), new Act.Attach(people[Which % people.Count], 0, true)],
            "leave" => [More % 4 == 3 ? new Act.Leave(people[Which % people.Count]) : new Act.Look(people[Which % people.Count])],
            "end" => [More % 8 == 7 ? new Act.End(member) : new Act.Look(member)],
            "rename" => [new Act.Rename(member, $"Room {Which % 3}")],
            "put out" => [new Act.RemoveMember(member, people[Which % people.Count])],
            "type" => [new Act.Type(member, More % 4 != 3)],
            "receive" => [new Act.Receive(member, Which)],
            "part" => [More % 4 == 3 ? new Act.Part(member, people[Which % people.Count]) : new Act.Look(member)],
            "delete" => [More % 4 == 3 ? new Act.Delete(people[Which % people.Count]) : new Act.Look(member)],
            "look" => [new Act.Look(people[Which % people.Count])],
            _ => [],
        };
    }
}
