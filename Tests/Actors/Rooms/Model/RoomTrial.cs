using System.Collections.Concurrent;
using Akka.Actor;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>
/// A real room on a real journal beside the model. Where a crash, or two things at the same time, leave open what happened,
/// there are several models, of which those go on that agree with the journal; if none does, the room is wrong.
/// </summary>
internal sealed class RoomTrial
{
    private const string Owner = "Ann";
    private static readonly string[] People = [Owner, "Bob", "Cyd", "Dan"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Func<ActorHost, ActorHost> _restart;
    private readonly RoomId _id;
    private readonly Dictionary<string, Person> _persons;
    private readonly Dictionary<string, string> _labels = [];
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<(string Member, int Session), (IActorRef Listener, ConcurrentQueue<object> Heard)> _listeners = [];
    private readonly List<ConcurrentQueue<object>> _heard = [];
    private readonly List<string> _log = [];
    private readonly List<string> _trace = [];
    private readonly HashSet<string> _deleted = [];
    private ActorHost _host;
    private List<RoomModel> _models = [];

    private RoomTrial(ActorHost host, Func<ActorHost, ActorHost> restart)
    {
        (_host, _restart) = (host, restart);
        _id = RoomId.New(Now);
        _persons = People.ToDictionary(name => name, name => new Person(UserId.New(Now), name));
    }

    private DateTimeOffset Now => _host.Clock.Now;

    private IActorRef Rooms => _host.Region<RoomRegion>();

    private RoomHistory History => _host.Services.GetRequiredService<RoomHistory>();

    /// <summary>Drives a new room by steps; throws if it does anything but what the model says.</summary>
    /// <param name="host">With a clock that shows whole milliseconds.</param>
    /// <param name="restart">Gives the host that follows when the process goes down.</param>
    /// <param name="isPair">A pair, or a group of three at the most.</param>
    /// <param name="steps">What to do.</param>
    public static async Task Run(ActorHost host, Func<ActorHost, ActorHost> restart, bool isPair, Step[] steps)
    {
        var trial = new RoomTrial(host, restart);
        try
        {
            await trial.Open(isPair);
            for (var i = 0; i < steps.Length; i++)
                await trial.Take(steps[i], steps.Skip(i + 1));
            await trial.Compare();
        }
        catch (Exception wrong)
        {
            throw new InvalidOperationException($"{wrong.Message}\n\nwhat was done:\n{string.Join('\n', trial._trace)}\n\nwhat is on disk:\n{string.Join('\n', trial._log)}", wrong);
        }
    }

    private async Task Open(bool isPair)
    {
        var (first, second) = (_persons[People[0]], _persons[People[1]]);
        var now = Now;
        await Rooms.Ask<RoomReplies.RoomIs>(isPair ? new RoomCommands.OpenPair(_id, first, second) : new RoomCommands.OpenGroup(_id, first, "Room", 3, true), Patience);
        _models = [isPair ? RoomModel.Pair(first.Nickname, second.Nickname, now) : RoomModel.Group(first.Nickname, "Room", 3, now)];
        await Observe();
        if (!isPair)
            await Do([new Act.Join(second.Nickname)]);
        await Return();
    }

    private async Task Take(Step step, IEnumerable<Step> next)
    {
        switch (step.Name)
        {
            case "wait":
                _trace.Add($"{RoomModel.Time(Now)} wait {step.Wait()}");
                await Pass(step.Wait());
                break;
            case "crash":
                // A deletion destroys a key first, which no crash takes back.
                await Crash(step, [.. next.Take(step.UnderWay()).SelectMany(ToActs).Where(act => act is not Act.Delete)]);
                break;
            default:
                await (step.Name == "chatter" ? Do(ToActs(step)) : DoEach(ToActs(step)));
                break;
        }
    }

    private IReadOnlyList<Act> ToActs(Step step) => [.. step.ToActs(People, Count('m'), Count('p'), Count('c')).Where(act => !_deleted.Contains(act.Member))];

    private int Count(char kind) => _ids.Keys.Count(label => label[0] == kind);

    private async Task DoEach(IReadOnlyList<Act> acts)
    {
        foreach (var act in acts)
            await Do([act]);
    }

    // All at once; and each time at a time of its own, so that the order of ids is that of time.
    private async Task Do(IReadOnlyList<Act> acts)
    {
        if (acts.Count == 0)
            return;
        await Pass(Moment);
        var asked = acts.Select(Send).ToList();
        var replies = await Task.WhenAll(asked.OfType<Task<Reply>>());
        await Barrier();
        var said = _models.ToDictionary(model => model, model => acts.Select(model.Do).ToList());
        await Observe();
        var answers = acts is [Act.Attach attach] ? [await Heard(attach)] : replies.Length == 0 ? [""] : replies.Select(Render).ToList();
        _trace.Add($"{RoomModel.Time(Now)} {acts[0]} -> {answers[0]}{(acts.Count > 1 ? $" and {acts.Count - 1} more" : "")}");
        _models = [.. _models.Where(model => said[model].SequenceEqual(answers))];
        Assert.True(_models.Count > 0, $"The last was to be answered by\n  {string.Join("\n  ", said.Values.SelectMany(one => one).Distinct())}");
    }

    private async Task<string> Heard(Act.Attach attach)
    {
        var (listener, heard) = _listeners[(attach.Member, attach.Session)];
        await listener.Ask<ActorIdentity>(new Identify(null), Patience);
        return Render(Assert.Single(heard.OfType<Reply>()));
    }

    // Sends without waiting; null if nothing will answer.
    private Task<Reply>? Send(Act act)
    {
        object message = act switch
        {
            Act.Join(var member) => new RoomCommands.Join(_id, _persons[member]),
            Act.Leave(var member) => new RoomCommands.Leave(_id, User(member)),
            Act.End(var member) => new RoomCommands.End(_id, User(member)),
            Act.Rename(var member, var name) => new RoomCommands.Rename(_id, User(member), new(name)),
            Act.RemoveMember(var member, var other) => new RoomCommands.RemoveMember(_id, User(member), new(IdOf(other))),
            Act.Part(var member, var other) => new RoomCommands.Part(_id, User(member), new HashSet<UserId> { User(other) }),
            Act.Delete(var member) => Deleting(member),
            Act.Send(var member, var clientId, var text, var inReplyTo) => new RoomCommands.Send(_id, User(member), new(clientId), new(text), inReplyTo.Length > 0 ? IdOf(inReplyTo) : ""),
            Act.Edit(var member, var label, var text) => new RoomCommands.Edit(_id, User(member), new(IdOf(label)), new(text)),
            Act.Remove(var member, var label) => new RoomCommands.Remove(_id, User(member), new(IdOf(label))),
            Act.React(var member, var label, var emoji, var on) => new RoomCommands.React(_id, User(member), new(IdOf(label)), new(emoji), on),
            Act.Answer(var member, var label, var yes) => new RoomCommands.Answer(_id, User(member), IdOf(label), yes),
            Act.Keep(var member) => new RoomCommands.Keep(_id, User(member)),
            Act.Read(var member, var seq) => new RoomCommands.MarkRead(_id, User(member), seq),
            Act.Receive(var member, var seq) => new RoomCommands.NoteReceived(_id, User(member), seq),
            Act.Type(var member, var active) => new RoomCommands.SetTyping(_id, User(member), active),
            Act.Look(var member) => new RoomQueries.GetRoom(_id, User(member)),
            Act.Signal(var member, var session, var kind, var label) => new RoomCommands.Signal(_id, User(member), Session(session), kind, new("sdp"), label.Length > 0 ? IdOf(label) : ""),
            Act.Attach(var member, var session, var online) => new RoomCommands.Attach(_id, User(member), Session(session), online),
            Act.Detach(var member, var session, var absent) => new RoomCommands.Detach(_id, User(member), Session(session), absent),
            Act.SetOnline(var member, var session, var online) => new RoomCommands.SetOnline(_id, User(member), Session(session), online),
            _ => throw new ArgumentException($"{act} is none that can be sent.", nameof(act)),
        };
        if (act is Act.Attach attach)
        {
            var heard = new ConcurrentQueue<object>();
            var listener = _host.System.ActorOf(Props.Create(() => new Listener(heard)));
            _listeners[(attach.Member, attach.Session)] = (listener, heard);
            _heard.Add(heard);
            Rooms.Tell(message, listener);
            return null;
        }

        if (message is Request)
            return Rooms.Ask<Reply>(message, Patience);
        Rooms.Tell(message);
        return null;
    }

    // The key is gone before rooms are told.
    private RoomCommands.Erase Deleting(string member)
    {
        _deleted.Add(member);
        _host.Services.GetRequiredService<PersonKeys>().Destroy(User(member));
        return new(_id, User(member));
    }

    // Time passes from one thing that is due to the next, so that each has its own leap.
    private async Task Pass(TimeSpan time)
    {
        var until = Now + time;
        while (_models.Min(model => model.Next?.At) is { } next && next <= until)
        {
            _host.Clock.AdvanceTo(next > Now ? next : Now);
            await Settle();
            _models = [.. _models.SelectMany(Happened)];
            await Observe();
        }

        _host.Clock.AdvanceTo(until);
        await Barrier();
        foreach (var model in _models)
            model.Now = Now;
        await Observe();
    }

    // What comes due by what has just happened is done in a leap of no time.
    private async Task Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            await Barrier();
            _host.Clock.Advance(TimeSpan.Zero);
        }

        await Barrier();
    }

    private IEnumerable<RoomModel> Happened(RoomModel model)
    {
        model.Now = Now;
        if (model.Next is not { } next || next.At > Now)
            return [model];
        return Orders(next.What).Select(order =>
        {
            var one = model.Copy();
            foreach (var what in order)
                one.Happen(what);

            // What had to wait for this is due at once.
            while (one.Next is { } more && more.At <= Now)
                one.Happen("due");
            return one;
        });
    }

    private static IEnumerable<IReadOnlyList<string>> Orders(IReadOnlyList<string> all) =>
        all.Count <= 1 ? [all] : all.SelectMany(first => Orders([.. all.Where(one => one != first)]).Select(rest => (IReadOnlyList<string>)[first, .. rest]));

    private async Task Crash(Step step, List<Act> underWay)
    {
        _trace.Add($"{RoomModel.Time(Now)} {(step.TakesAll() ? "the process goes down" : step.Throws() ? "the room throws" : "the room is stopped")} amid {string.Join(", ", underWay)}");
        await Barrier();
        await CompareTyping();

        // The messages are in memory then: nothing that is under way waits for one, and what comes later does not overtake it.
        await DoEach([.. underWay.Where(act => MessageOf(act) is not null).Select(act => new Act.React(act.Member, MessageOf(act)!, Step.Unused, false)).Distinct()]);
        var room = await _host.System.ActorSelection($"/user/rooms/{_id}").ResolveOne(Patience);
        var asked = underWay.ConvertAll(Send);
        var done = 0;
        if (step.TakesAll())
        {
            var then = Now;
            _host = _restart(_host);
            if (then > Now)
                _host.Clock.AdvanceTo(then);
        }
        else
        {
            if (step.Throws())
                await Throw();
            else
                await Stop(room);
            for (var i = 0; i < asked.Count; i++)
            {
                // What was acknowledged has happened, with all before it.
                if (asked[i] is { } reply && await reply is not Rejection)
                    done = i + 1;
            }
        }

        _listeners.Clear();
        var before = _models;
        _models = [.. Enumerable.Range(done, underWay.Count + 1 - done).SelectMany(count => before.Select(model => After(model, underWay.Take(count))))];
        while (await Barrier() is Rejection { RetryAfter: { } pause })
            _host.Clock.Advance(pause);
        foreach (var model in _models)
        {
            model.Now = Now;
            model.Wake();
        }

        await Observe();
        await Pass(TimeSpan.Zero);
        if (step.IsWaitedFor())
            await Return();
        await DoEach(underWay);
    }

    private static string? MessageOf(Act act) => act switch
    {
        Act.Send { InReplyTo.Length: > 0 } send => send.InReplyTo,
        Act.Edit edit => edit.Message,
        Act.Remove remove => remove.Message,
        Act.React react => react.Message,
        _ => null,
    };

    // The clients of the two attach, as they do when they find the room.
    private async Task Return()
    {
        foreach (var member in People.Take(2).Except(_deleted))
            await Do([new Act.Attach(member, 0, true)]);
    }

    private static RoomModel After(RoomModel model, IEnumerable<Act> acts)
    {
        var after = model.Copy();
        foreach (var act in acts)
            after.Do(act);
        return after;
    }

    // No edge lets nobody join: the room throws on it.
    private async Task Throw()
    {
        var answer = Assert.IsType<Rejection>(await Rooms.Ask<Reply>(new RoomCommands.Join(_id, null!), Patience));
        Assert.Equal(ErrorCode.Internal, answer.Code);
    }

    private async Task Stop(IActorRef room)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = _host.System.ActorOf(Props.Create(() => new Watcher(room, gone)));
        await watcher.Ask<ActorIdentity>(new Identify(null), Patience);

        // What is under way has come to the room, and not only to its region.
        await Rooms.Ask<ActorIdentity>(new Identify(null), Patience);
        room.Tell(Kill.Instance);
        await gone.Task.WaitAsync(Patience);
    }

    // Answered when all that came before is done and on disk. What is refused does not wait for the disk; this never is.
    private Task<Reply> Barrier() => Rooms.Ask<Reply>(new RoomQueries.GetShare(_id, User(Owner)), Patience);

    // Reads what is new on disk, and leaves the models that have foreseen it.
    private async Task Observe()
    {
        await foreach (var happened in History.ReadEvents(_id, _log.Count, long.MaxValue, default))
        {
            Assert.Equal(_log.Count + 1, happened.Seq);
            Learn(happened);
            _log.Add(Render(happened));
        }

        var before = _models;
        _models = [.. before.Where(model => model.Log.SequenceEqual(_log)).DistinctBy(model => (model.Next?.At, string.Join(',', model.Next?.What ?? []), string.Join('|', model.Told.Values)))];
        Assert.True(_models.Count > 0, $"what happened is not what was to happen, which is\n  {string.Join("\n  or\n  ", before.Select(model => string.Join("\n  ", model.Log.Skip(Math.Max(0, _log.Count - 4)))))}");
    }

    // The sessions that are still attached have heard of all typing since they came.
    private async Task CompareTyping()
    {
        foreach (var (session, (listener, heard)) in _listeners)
        {
            await listener.Ask<ActorIdentity>(new Identify(null), Patience);
            var told = string.Concat(heard.OfType<RoomNotices.Passing>().Select(passing => passing.Frame.Frame.Typing).OfType<TypingNotice>()
                .Select(typing => $"{LabelOf(typing.MemberId)} {(typing.Active ? "types" : "pauses")}, "));
            var before = _models;
            _models = [.. before.Where(model => model.Told.GetValueOrDefault(session, "") == told)];
            Assert.True(_models.Count > 0, $"{session} was to hear\n  {string.Join("\n  or\n  ", before.Select(model => model.Told.GetValueOrDefault(session)))}\nand heard\n  {told}");
        }
    }

    private async Task Compare()
    {
        await CompareTyping();
        var model = _models[0];
        foreach (var member in People)
        {
            var (reader, refusal) = await History.FindReader(_id, User(member), default);
            Assert.Equal(model.Reads(member) ? null : ErrorCode.PermissionDenied, refusal?.Code);
            if (refusal is not null)
                continue;
            var pages = new List<string>();
            for (var before = long.MaxValue; before > 0;)
            {
                var page = await History.ListMessages(_id, before, 3, reader, default);
                pages.AddRange(page.Messages.Select(Render));
                before = page.NextBeforeSeq;
            }

            Assert.Equal(model.Messages.Reverse().Select(message => message.To(member)), pages);
        }

        foreach (var (listener, _) in _listeners.Values)
            await listener.Ask<ActorIdentity>(new Identify(null), Patience);
        foreach (var heard in _heard)
        {
            Listener.Check(heard, _log, Render);
            foreach (var told in heard.Select(Listener.ToldBy).OfType<Google.Protobuf.IMessage>())
                UserTraces.AssertNone(told, _persons.Values.Select(person => person.UserId));
        }
    }

    private void Learn(RoomEvent happened)
    {
        switch (happened.BodyCase)
        {
            case RoomEvent.BodyOneofCase.MemberJoined:
                Name(happened.MemberJoined.Member.MemberId, happened.MemberJoined.Member.Nickname);
                break;
            case RoomEvent.BodyOneofCase.MessagePosted:
                Name(happened.MessagePosted.MessageId, $"m{Count('m') + 1}");
                break;
            case RoomEvent.BodyOneofCase.PromptOpened:
                Name(happened.PromptOpened.PromptId, $"p{Count('p') + 1}");
                break;
            case RoomEvent.BodyOneofCase.CallStarted:
                Name(happened.CallStarted.CallId, $"c{Count('c') + 1}");
                break;
        }
    }

    private void Name(string id, string label)
    {
        _labels[id] = label;
        _ids[label] = id;
    }

    private UserId User(string member) => _persons[member].UserId;

    private string IdOf(string label) => _ids.GetValueOrDefault(label) ?? Unknown;

    // Like the id of a message, but of none that there is.
    private static string Unknown => MessageId.Of(0, 1).Value;

    private string LabelOf(string id) => id.Length == 0 ? "" : _labels[id];

    // One session of each person is number 0, one number 1.
    private static SessionId Session(int number) => new($"{number:x32}");

    private string Render(RoomEvent happened)
    {
        var what = happened.BodyCase switch
        {
            RoomEvent.BodyOneofCase.MemberJoined => $"joined {LabelOf(happened.MemberJoined.Member.MemberId)}",
            RoomEvent.BodyOneofCase.MemberLeft => $"left {LabelOf(happened.MemberLeft.MemberId)} {Original(happened.MemberLeft.Reason)}",
            RoomEvent.BodyOneofCase.RoomRenamed => $"renamed '{happened.RoomRenamed.Name}' by {LabelOf(happened.RoomRenamed.ByMemberId)}",
            RoomEvent.BodyOneofCase.OwnerChanged => $"owner {LabelOf(happened.OwnerChanged.MemberId)}",
            RoomEvent.BodyOneofCase.MessagePosted => happened.MessagePosted is var e
                ? $"posted {LabelOf(e.MessageId)} by {LabelOf(e.MemberId)} {e.ClientId} '{e.Text}' re '{LabelOf(e.InReplyTo)}'" : "",
            RoomEvent.BodyOneofCase.MessageEdited => $"edited {LabelOf(happened.MessageEdited.MessageId)} by {LabelOf(happened.MessageEdited.MemberId)} '{happened.MessageEdited.Text}'",
            RoomEvent.BodyOneofCase.MessageRemoved => $"removed {LabelOf(happened.MessageRemoved.MessageId)} by {LabelOf(happened.MessageRemoved.MemberId)}",
            RoomEvent.BodyOneofCase.ReactionChanged => happened.ReactionChanged is var e
                ? $"reacted {LabelOf(e.MessageId)} by {LabelOf(e.MemberId)} {e.Emoji} {e.On}" : "",
            RoomEvent.BodyOneofCase.PromptOpened => happened.PromptOpened is var e
                ? $"asks {LabelOf(e.PromptId)} {Original(e.Kind)} {e.Round} by '{LabelOf(e.ByMemberId)}' until {Time(e.ClosesAt)}" : "",
            RoomEvent.BodyOneofCase.PromptAnswered => $"answered {LabelOf(happened.PromptAnswered.PromptId)} by {LabelOf(happened.PromptAnswered.MemberId)}",
            RoomEvent.BodyOneofCase.RevealRaised => $"reveals {happened.RevealRaised.Level}",
            RoomEvent.BodyOneofCase.RoomKept => "kept",
            RoomEvent.BodyOneofCase.CallStarted => $"calls {LabelOf(happened.CallStarted.CallId)} by {LabelOf(happened.CallStarted.ByMemberId)} until {Time(happened.CallStarted.RingsUntil)}",
            RoomEvent.BodyOneofCase.CallAnswered => $"answers {LabelOf(happened.CallAnswered.CallId)} by {LabelOf(happened.CallAnswered.ByMemberId)}",
            RoomEvent.BodyOneofCase.CallEnded => $"hung up {LabelOf(happened.CallEnded.CallId)} {Original(happened.CallEnded.Reason)} by '{LabelOf(happened.CallEnded.ByMemberId)}'",
            RoomEvent.BodyOneofCase.RoomEnded => $"ended {Original(happened.RoomEnded.Reason)} by '{LabelOf(happened.RoomEnded.ByMemberId)}'",
            var other => throw new InvalidOperationException($"The model does not know {other}."),
        };
        return $"#{happened.Seq} {Time(happened.At)} {what}";
    }

    private string Render(Reply reply) => reply switch
    {
        Rejection rejection => rejection.Code.Name(),
        RoomReplies.Posted posted => $"posted {LabelOf(posted.MessageId.Value)} #{posted.Seq}",
        RoomReplies.Changed changed => $"changed #{changed.Seq}",
        RoomReplies.Read => "read",
        RoomReplies.Parted => "parted",
        RoomReplies.Erased => "erased",
        RoomReplies.RoomIs room => Render(room.Room),
        RoomReplies.Attached attached => $"attached {Render(attached.Room)}",
        _ => throw new InvalidOperationException($"The model does not know {reply}."),
    };

    private string Render(Room room)
    {
        var isPair = room.Kind == Room.Types.Kind.Pair;
        IEnumerable<string> members = room.Members.Count > 0
            ? room.Members.Select(one => $"{one.Nickname}{(one.Online ? "+" : "")}{(one.Owner && !isPair ? "*" : "")}{(one.You ? "!" : "")}{one.ReceivedSeq}/{one.ReadSeq}").Order(StringComparer.Ordinal)
            : Enumerable.Repeat($"{room.MemberCount}", 1);
        var prompt = room.Prompt is { } p ? $" {LabelOf(p.PromptId)} {Original(p.Kind)} {p.Round} [{string.Join(' ', p.AnsweredBy.Select(LabelOf).Order(StringComparer.Ordinal))}]" : "";
        var call = room.Call is { } c ? $" {LabelOf(c.CallId)} {(c.State == Call.Types.State.Ringing ? "rings" : "active")} by {LabelOf(c.ByMemberId)}" : "";
        return $"room {room.State.ToString().ToLowerInvariant()} '{room.Name}' level {room.RevealLevel} #{room.LastSeq} {string.Join(' ', members)}{prompt}{call}";
    }

    private string Render(Message message)
    {
        var reactions = message.Reactions.Select(one => $"{one.Emoji}: {string.Join(' ', one.MemberIds.Select(LabelOf))}");
        var edited = message.EditedAt is { } at ? $" edited {Time(at)}" : "";
        return $"{LabelOf(message.MessageId)} #{message.Seq} {Time(message.At)} {LabelOf(message.MemberId)} {message.ClientId} '{message.Text}' re '{LabelOf(message.InReplyTo)}'{edited}{(message.Removed ? " removed" : "")} [{string.Join(", ", reactions)}]";
    }

    private static string Time(Timestamp at) => RoomModel.Time(at.ToDateTimeOffset());

    // The name in the contract, such as PARTNER_LEFT.
    private static string Original<T>(T value) where T : struct, System.Enum =>
        typeof(T).GetField(value.ToString())!.GetCustomAttributes(typeof(Google.Protobuf.Reflection.OriginalNameAttribute), false)
            .Cast<Google.Protobuf.Reflection.OriginalNameAttribute>().Single().Name;

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef other, TaskCompletionSource gone)
        {
            Context.Watch(other);
            Receive<Terminated>(_ => gone.SetResult());
        }
    }
}
