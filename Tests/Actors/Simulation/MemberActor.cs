using Akka.Actor;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.V1;

namespace WebChat.Tests.Actors.Simulation;

/// <summary>A member's client and edge on one machine. It does by chance what members do, and checks each answer at once.</summary>
internal sealed class MemberActor : ReceiveActor, IWithTimers
{
    private const string Birth = "2000-01-02";
    private static readonly PasswordHash Password = new("hash");
    private static readonly TimeSpan WelcomePatience = TimeSpan.FromSeconds(30);
    private static readonly ErrorCode[] Passing = [ErrorCode.Unavailable, ErrorCode.DeadlineExceeded, ErrorCode.Internal, ErrorCode.RateLimited];
    private static readonly HashSet<string> PassingNames = [.. Passing.Select(code => code.Name())];

    private readonly Simulation _simulation;
    private readonly Machine _machine;
    private readonly Member _member;
    private readonly Dictionary<long, Action<Reply>> _asked = [];
    private readonly Dictionary<string, Action<ServerFrame>> _said = [];
    private long _lastTag;
    private bool _isBusy;
    private OutboundQueue? _queue;
    private IActorRef? _session;

    public MemberActor(Machine machine, Member member)
    {
        (_simulation, _machine, _member) = (machine.Simulation, machine, member);
        Receive<Turn>(_ => TakeTurn());
        Receive<Reply>(reply =>
        {
            Timers.Cancel(reply.Tag);
            if (_asked.Remove(reply.Tag, out var then))
                then(reply);
        });
        Receive<ConnectionReplies.Welcomed>(welcomed =>
        {
            if (_queue is not null)
                (_session, _member.IsConnected) = (welcomed.Session, true);
        });
        Receive<ConnectionReplies.Refused>(_ => { });
        Receive<Readable>(Read);
        Receive<Overdue>(overdue => overdue.Queue.Complete(CloseCode.Internal));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private Random Random => _simulation.Random;

    protected override void PreStart()
    {
        _member.IsConnected = false;
        AwaitTurn();
    }

    private void AwaitTurn() => Timers.StartSingleTimer(Turn.Instance, Turn.Instance, TimeSpan.FromMilliseconds(_simulation.IsSettling ? Random.Next(1_000, 5_000) : Random.Next(10, 400)));

    private void TakeTurn()
    {
        if (_member.IsGone)
            return;
        AwaitTurn();
        if (_isBusy)
            return;
        if (_member.Login is not { } login)
            EnterAccount();
        else if (!_member.HasProfile)
            MakeProfile(login);
        else if (_member.WantsDeletion)
            Delete(login);
        else if (_queue is null)
            Connect(login);
        else if (_session is not null && _simulation.IsSettling)
            Settle();
        else if (_session is not null)
            Act(login);
    }

    private void EnterAccount() => Do<AccountReplies.LoggedIn>(
        _machine.Region<AccountRegion>(),
        _member.IsSignedUp ? new AccountCommands.LogIn(_member.Username, Password) : new AccountCommands.SignUp(_member.Username, Password, _member.Name),
        loggedIn =>
        {
            (_member.IsSignedUp, _member.User, _member.Session) = (true, loggedIn.User, "");
            _member.Login = new(loggedIn.User, loggedIn.Token.Family, _member.Username);
            _simulation.Require(_simulation.Disk.Read(PersistenceIds.Account(_member.Username)).Count > 0, $"{_member.Name}'s login is not on disk");
        },
        refused =>
        {
            if (refused.Code == ErrorCode.AlreadyExists)
                _member.IsSignedUp = true;
            else if (refused.Code == ErrorCode.Unauthenticated && _member.WantsDeletion)
                _member.IsGone = true;
            else
                _simulation.Fail($"{_member.Name} cannot log in: {refused.Message}");
        });

    private void MakeProfile(Identity login) => Do<UserReplies.ProfileIs>(
        _machine.Region<UserRegion>(),
        new UserCommands.Create(login.User, _member.Name),
        _ => Do<UserReplies.ProfileIs>(
            _machine.Region<UserRegion>(),
            new UserCommands.UpdateProfile(login.User, new() { BirthDate = Birth, Gender = Profile.Types.Gender.Other }, ["birth_date", "gender"]),
            _ => _member.HasProfile = true));

    private void Delete(Identity login) => Do<Done>(
        _machine.Region<AccountRegion>(),
        new AccountCommands.Delete(_member.Username, login, Password),
        _ =>
        {
            _member.IsGone = true;
            _simulation.Require(_simulation.Journal.HasErasure(login.User), $"the deletion of {_member.Name} is not on disk");
        },
        _ => _member.Login = null);

    private void Connect(Identity login)
    {
        if (_simulation.IsSettling ? !_member.Returns : Random.Next(3) == 0)
            return;
        var queue = _queue = new();
        var cursors = _member.Rooms.ToDictionary(room => room.Key, room => room.Value.Cursor);
        Trace($"says hello {_member.Session}");
        _machine.Region<ConnectionsActor>().Tell(new ConnectionCommands.Open(
            queue, login, _simulation.Now + TimeSpan.FromDays(1), "hello", SessionId.TryParse(_member.Session, out var session) ? session : null, cursors));
        Timers.StartSingleTimer(queue, new Overdue(queue), WelcomePatience);
        AwaitFrames(queue);
    }

    private void Act(Identity login)
    {
        var rooms = _member.Rooms.Where(room => !room.Value.IsOver).ToList();
        var (room, known) = rooms.Count > 0 ? rooms[Random.Next(rooms.Count)] : default;
        switch (Random.Next(100))
        {
            case < 8:
                Drop();
                break;
            case < 9:
                Revoke(login);
                break;
            case < 10 when _simulation.MayDelete:
                Trace($"wants to be deleted");
                _member.WantsDeletion = true;
                break;
            case < 30:
                Search();
                break;
            case < 34:
                Say(new() { CancelSearch = new() }, TakeSearch);
                break;
            case < 70 when room is not null:
                SendNew(room);
                break;
            case < 75 when room is not null:
                Say(new() { Read = new() { RoomId = room, Seq = known!.Cursor } });
                break;
            case < 82 when known?.Prompt.Length > 0:
                Say(new() { Answer = new() { RoomId = room, PromptId = known.Prompt, Yes = Random.Next(4) > 0 } });
                break;
            case < 83 when room is not null:
                Say(new() { Keep = new() { RoomId = room } });
                break;
            case < 86 when room is not null:
                Say(new() { Leave = new() { RoomId = room } });
                break;
            case < 88 when room is not null:
                Say(new() { End = new() { RoomId = room } });
                break;
            case < 91 when known?.Partner.Length > 0:
                Block(login, room!, known.Partner);
                break;
            default:
                Resend();
                break;
        }
    }

    // What is unanswered is sent again until there is an answer; a search goes on or ends by itself.
    private void Settle() => Resend();

    private void Search() => Say(new() { Search = new() { Mode = Mode.Chat } }, TakeSearch);

    private void TakeSearch(ServerFrame frame)
    {
        // After an error, the member does not know.
        _member.Search = frame.Search?.State ?? SearchState.Types.State.Unspecified;
    }

    private void SendNew(string room)
    {
        var clientId = $"{_member.Name}-{++_member.LastClientId}";
        _member.Unanswered[clientId] = room;
        Send(clientId, room);
    }

    private void Resend()
    {
        foreach (var (clientId, room) in _member.Unanswered.ToList())
            Send(clientId, room);
    }

    private void Send(string clientId, string room) => Say(new() { Send = new() { RoomId = room, ClientId = clientId, Text = $"text of {clientId}" } }, answer =>
    {
        if (answer.Ack is { } ack)
        {
            _member.Unanswered.Remove(clientId);
            _member.Acknowledged.Add((room, ack.Seq, clientId));
            _simulation.Require(_simulation.Journal.SeqOf(room, clientId) == ack.Seq, $"{clientId} is acknowledged as #{ack.Seq} of {room}, and is not there on disk");
        }
        else if (!PassingNames.Contains(answer.Error.Code))
        {
            _member.Unanswered.Remove(clientId);
            _simulation.Require(_simulation.Journal.SeqOf(room, clientId) is null, $"{clientId} is refused with {answer.Error.Code}, and is on disk");
        }
    });

    private void Block(Identity login, string room, string partner) => Do<UserReplies.BlockIs>(
        _machine.Region<UserRegion>(),
        new UserCommands.Block(login.User, new(room), new(partner)),
        _ => _simulation.Require(_simulation.Journal.HasBlock(login.User, _simulation.Journal.UserOf(room, partner)), $"{_member.Name}'s block is not on disk"),
        _ => { });

    private void Revoke(Identity login) => Do<Done>(
        _machine.Region<AccountRegion>(), new AccountCommands.Revoke(_member.Username, login, login.Family), _ => _member.Login = null, _ => _member.Login = null);

    // A request as the edge makes it: it waits for an answer for so long, and no longer. What is refused for the moment is tried
    // again in a later turn.
    private void Do<TReply>(IActorRef region, Request request, Action<TReply> then, Action<Rejection>? refused = null)
        where TReply : Reply
    {
        var tag = ++_lastTag;
        Trace($"asks {request.GetType().Name}");
        _isBusy = true;
        _asked[tag] = reply =>
        {
            _isBusy = false;
            Trace($"is answered {(reply is Rejection rejection ? $"{rejection.Code} {rejection.Message}" : reply.GetType().Name)}");
            if (reply is TReply answer)
                then(answer);
            else if (!Passing.Contains(((Rejection)reply).Code))
                (refused ?? (why => _simulation.Fail($"{request.GetType().Name} of {_member.Name} is refused: {why.Code} {why.Message}")))((Rejection)reply);
        };
        region.Tell(request with { Tag = tag });
        Timers.StartSingleTimer(tag, new Rejection(ErrorCode.DeadlineExceeded, "No answer.") { Tag = tag }, AskTimeouts.FromEdge);
    }

    private void Say(ClientFrame frame, Action<ServerFrame>? then = null)
    {
        frame.Id = $"{++_lastTag}";
        Trace($"says {frame.BodyCase}{(frame.Send is { } send ? $" {send.ClientId}" : "")}");
        if (then is not null)
            _said[frame.Id] = then;
        _session.Tell(new ConnectionCommands.Received(_queue!, frame));
    }

    private void Drop()
    {
        Trace($"drops");
        _queue!.Abandon();
        Close();
    }

    private void Close()
    {
        Timers.Cancel(_queue!);
        (_queue, _session, _member.IsConnected) = (null, null, false);
        _said.Clear();
    }

    private void AwaitFrames(OutboundQueue queue) => queue.WaitToReadAsync(CancellationToken.None).AsTask().PipeTo(Self, Self, more => new Readable(queue, more));

    private void Read(Readable readable)
    {
        if (readable.Queue != _queue)
            return;
        while (_queue.TryRead(out var frame))
            Take(frame.Frame);
        if (readable.More)
        {
            AwaitFrames(_queue);
            return;
        }

        Trace($"is closed with {_queue.Closed}");
        if (_queue.Closed == CloseCode.Unauthenticated)
            _member.Login = null;
        _queue.Abandon();
        Close();
    }

    private void Take(ServerFrame frame)
    {
        Trace($"hears {new Rendered(frame)}");
        if (frame.Welcome is { } welcome)
        {
            (_member.Session, _member.Search) = (welcome.SessionId, welcome.Search.State);
            Timers.Cancel(_queue!);
            foreach (var room in welcome.Rooms)
                Know(room);
        }

        if ((frame.Match?.Room ?? frame.Room) is { } shown)
            Know(shown);
        if (frame.Match is not null)
            _member.Search = SearchState.Types.State.Matched;
        if (frame.Search is not null)
            TakeSearch(frame);
        if (frame.Event is not null)
            Take(frame.Event);
        if (frame.Reset is not null)
            _simulation.Fail($"{_member.Name} is to read {frame.Reset.RoomId} again");
        if (_said.Remove(frame.ReplyTo, out var then))
            then(frame);
    }

    private void Know(Room room)
    {
        if (!_member.Rooms.TryGetValue(room.RoomId, out var known))
            _member.Rooms[room.RoomId] = known = new(room.LastSeq);
        known.Me = room.Members.FirstOrDefault(member => member.You)?.MemberId ?? "";
        known.Partner = room.Members.FirstOrDefault(member => !member.You)?.MemberId ?? "";
        known.Prompt = room.Prompt?.PromptId ?? known.Prompt;
        known.IsOver |= room.State == Room.Types.State.Ended;
    }

    private void Take(RoomEvent happened)
    {
        if (!_member.Rooms.TryGetValue(happened.RoomId, out var room))
        {
            _simulation.Fail($"{_member.Name} hears of {happened.RoomId} before it was shown");
            return;
        }

        _simulation.Require(happened.Seq == room.Cursor + 1, $"{_member.Name} gets #{happened.Seq} of {happened.RoomId} after #{room.Cursor}");
        _simulation.Require(_simulation.Journal.IsOnDisk(happened.RoomId, happened.Seq), $"{_member.Name} gets #{happened.Seq} of {happened.RoomId}, which is not on disk");
        room.Cursor = happened.Seq;
        room.IsOver |= happened.RoomEnded is not null || happened.MemberLeft?.MemberId == room.Me;
        room.Prompt = happened.PromptOpened?.PromptId ?? room.Prompt;
    }

    private void Trace(FormattableString what) => _simulation.Trace($"{_member.Name,-6} {what}");

    private readonly record struct Rendered(ServerFrame Frame)
    {
        public override string ToString() => Frame switch
        {
            { Event: { } e } => $"#{e.Seq} {e.BodyCase} of {e.RoomId}",
            { Error: { } e } => $"{e.Code} {e.Message}",
            { Match: { } m } => $"match {m.Room.RoomId}",
            { Room: { } r } => $"room {r.RoomId} {r.State} #{r.LastSeq}",
            { Welcome: { } w } => $"welcome {w.SessionId} {string.Join(' ', w.Rooms.Select(room => room.RoomId))} {w.Search.State}",
            { Search: { } s } => $"search {s.State}",
            { Ack: { } a } => $"ack #{a.Seq}",
            _ => $"{Frame.BodyCase}",
        };
    }

    private sealed record Turn { public static readonly Turn Instance = new(); }

    private sealed record Readable(OutboundQueue Queue, bool More);

    private sealed record Overdue(OutboundQueue Queue);
}
