using System.Collections.Immutable;
using Kind = WebChat.V1.Signal.Types.Kind;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>
/// A room once more, as plainly as it can be said: what docs/protocol.md promises, in one place, without a journal, actors
/// or crashes. What happens, and what is answered, is text, in which ids go by the order in which they came.
/// </summary>
public sealed class RoomModel
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PromptAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PromptOpenFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilenceEndsAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RingFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ChangeWithin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(6);

    private readonly bool _isPair;
    private readonly int _capacity;
    private string _name = "";
    private string _owner = "";
    private bool _ended;
    private bool _kept;
    private int _level;
    private ImmutableDictionary<string, Member> _members = ImmutableDictionary<string, Member>.Empty;
    private Question? _prompt;
    private int _prompts;
    private Ring? _call;
    private int _calls;
    private DateTimeOffset _spokenAt;
    private DateTimeOffset _stepAt;

    // What a crash forgets: attached sessions, absences, typing and receipts.
    private ImmutableSortedDictionary<(string Who, int Session), bool> _sessions = ImmutableSortedDictionary<(string, int), bool>.Empty;
    private ImmutableDictionary<string, int> _callsBy = ImmutableDictionary<string, int>.Empty;
    private ImmutableSortedDictionary<string, DateTimeOffset> _absentUntil = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
    private ImmutableSortedDictionary<string, DateTimeOffset> _lostAt = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
    private ImmutableSortedDictionary<string, DateTimeOffset> _typesUntil = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
    private ImmutableDictionary<string, (long Received, long Read)> _receipts = ImmutableDictionary<string, (long, long)>.Empty;

    private RoomModel(bool isPair, int capacity, DateTimeOffset now) => (_isPair, _capacity, Now, _spokenAt, _stepAt) = (isPair, capacity, now, now, now);

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The public events so far.</summary>
    public ImmutableList<string> Log { get; private set; } = [];

    /// <summary>The messages as they stand, oldest first.</summary>
    public ImmutableList<Said> Messages { get; private set; } = [];

    /// <summary>What each attached session has been told of the typing of others.</summary>
    public ImmutableSortedDictionary<(string Who, int Session), string> Told { get; private set; } = ImmutableSortedDictionary<(string, int), string>.Empty;

    /// <summary>When something happens by itself next, and what; several if it is at the same time.</summary>
    public (DateTimeOffset At, IReadOnlyList<string> What)? Next
    {
        get
        {
            var all = _absentUntil.Select(one => (At: one.Value, What: $"absent {one.Key}"))
                .Concat(_lostAt.Select(one => (At: one.Value, What: $"lost {one.Key}")))
                .Concat(_typesUntil.Select(one => (At: one.Value, What: $"typing {one.Key}")))
                .Concat(DueAt is { } due ? [(due, "due")] : [])
                .GroupBy(one => one.At, one => one.What).OrderBy(group => group.Key).FirstOrDefault();
            return all is null ? null : (all.Key, [.. all]);
        }
    }

    private DateTimeOffset? DueAt
    {
        get
        {
            if (!_isPair || _ended)
                return null;
            if (_call is not null)
                return _call.AnsweredAt is null ? _call.RingsUntil : null;
            if (_kept)
                return null;
            var step = _prompt switch
            {
                null => _stepAt + PromptAfter,
                { Round: 0 } => _prompt.ClosesAt > _stepAt + PromptAfter ? _prompt.ClosesAt : _stepAt + PromptAfter,
                { Round: 1 } => _prompt.ClosesAt + PromptAfter,
                _ => _prompt.ClosesAt,
            };
            return step < _spokenAt + SilenceEndsAfter ? step : _spokenAt + SilenceEndsAfter;
        }
    }

    /// <summary>A pair of the first two.</summary>
    public static RoomModel Pair(string first, string second, DateTimeOffset now)
    {
        var model = new RoomModel(isPair: true, 2, now);
        model.Enter(first);
        model.Enter(second);
        return model;
    }

    /// <summary>An open group.</summary>
    public static RoomModel Group(string owner, string name, int capacity, DateTimeOffset now)
    {
        var model = new RoomModel(isPair: false, capacity, now) { _name = name, _owner = owner };
        model.Enter(owner);
        return model;
    }

    /// <summary>The same, to go another way.</summary>
    public RoomModel Copy() => (RoomModel)MemberwiseClone();

    /// <summary>Does what is asked, and gives the answer.</summary>
    public string Do(Act act)
    {
        if (act is Act.Send or Act.Edit or Act.Remove or Act.React or Act.Answer or Act.Keep or Act.Read or Act.Signal && _absentUntil.ContainsKey(act.Who))
            _absentUntil = _absentUntil.SetItem(act.Who, Now + Grace);
        var answer = Answer(act);
        Watch();
        if (answer == "room" && _absentUntil.ContainsKey(act.Who))
            _absentUntil = _absentUntil.SetItem(act.Who, Now + Grace);
        return answer == "room" ? View(act.Who) : answer == "changed" ? $"changed #{Log.Count}" : answer;
    }

    /// <summary>Something happens by itself, whose time has come.</summary>
    public void Happen(string what)
    {
        var who = what.Split(' ')[^1];
        if (what == "due" && DueAt <= Now)
            Tick();
        else if (what.StartsWith("absent ", StringComparison.Ordinal) && _absentUntil.ContainsKey(who))
            LeaveAbsent(who);
        else if (what.StartsWith("lost ", StringComparison.Ordinal) && _lostAt.ContainsKey(who))
            EndCall(who, isLost: true);
        else if (what.StartsWith("typing ", StringComparison.Ordinal))
            EndTyping(who);
        Watch();
    }

    /// <summary>The room has been down, and is there again.</summary>
    public void Wake()
    {
        _sessions = _sessions.Clear();
        _callsBy = _callsBy.Clear();
        _absentUntil = _absentUntil.Clear();
        _lostAt = _lostAt.Clear();
        _typesUntil = _typesUntil.Clear();
        _receipts = _receipts.Clear();
        Told = Told.Clear();
        foreach (var who in Present)
            AwaitReturn(who);
        Watch();
    }

    /// <summary>The room as somebody sees it.</summary>
    private string View(string who)
    {
        var listed = _isPair ? _members.Keys : Present;
        IEnumerable<string> shown = Reads(who)
            ? listed.Select(one => Shown(one, who)).Order(StringComparer.Ordinal)
            : [$"{listed.Count()}"];
        var prompt = _prompt?.IsOpen(Now) == true ? $" {_prompt.Label} {_prompt.Kind} {_prompt.Round} [{string.Join(' ', _prompt.Answers.Keys.Order(StringComparer.Ordinal))}]" : "";
        var call = _call is null ? "" : $" {_call.Label} {(_call.AnsweredAt is null ? "rings" : "active")} by {_call.By}";
        return $"room {(_ended ? "ended" : _kept ? "kept" : "active")} '{_name}' level {_level} #{Log.Count} {string.Join(' ', shown)}{prompt}{call}";
    }

    private string Shown(string who, string reader)
    {
        var (received, read) = _receipts.GetValueOrDefault(who);
        return $"{(_members[who].IsDeleted ? "" : who)}{(IsOnline(who) ? "+" : "")}{(who == _owner && !_isPair ? "*" : "")}{(who == reader ? "!" : "")}{received}/{read}";
    }

    private string Answer(Act act)
    {
        switch (act)
        {
            case Act.Join(var who):
                if (IsIn(who))
                    return _ended ? "failed_precondition" : "room";
                if (_isPair || _members.GetValueOrDefault(who)?.WasPutOut == true)
                    return "permission_denied";
                if (_ended || Present.Count() >= _capacity)
                    return "failed_precondition";
                Enter(who);
                return "room";

            case Act.Leave(var who):
                if (!_members.ContainsKey(who))
                    return "permission_denied";
                if (!_ended && IsIn(who))
                    Leave(who, "LEFT");
                return "room";

            case Act.End(var who):
                if (!Reads(who))
                    return "permission_denied";
                if (_ended)
                    return "room";
                if (!_isPair && who != _owner)
                    return "permission_denied";
                End("CLOSED", who);
                return "room";

            case Act.Rename(var who, var name):
                if (HindersOwner(who) is { } noOwner)
                    return noOwner;
                if (name != _name)
                    Note($"renamed '{_name = name}' by {who}");
                return "room";

            case Act.RemoveMember(var who, var whom):
                if (HindersOwner(who) is { } hindered)
                    return hindered;
                if (who == whom)
                    return "failed_precondition";
                if (_members.GetValueOrDefault(whom)?.WasPutOut == true)
                    return "room";
                if (!IsIn(whom))
                    return "not_found";
                Note($"left {whom} REMOVED");
                _members = _members.SetItem(whom, _members[whom] with { IsIn = false, WasPutOut = true });
                _receipts = _receipts.Remove(whom);
                Out(whom);
                return "room";

            case Act.Part(var who, var whom):
                if (_isPair && !_ended && IsIn(who) && _members.ContainsKey(whom))
                    Leave(who, "LEFT");
                return "parted";

            case Act.Delete(var who):
                Delete(who);
                return "erased";

            case Act.Send(var who, var clientId, var text, var inReplyTo):
                if (Reads(who) && Messages.Where(one => one.Author == who).TakeLast(64).FirstOrDefault(one => one.ClientId == clientId) is { } before)
                    return $"posted {before.Label} #{before.Seq}";
                if (Hinders(who) is { } unsaid)
                    return unsaid;
                if (inReplyTo.Length > 0 && MessageOf(inReplyTo) is null)
                    return "not_found";
                var said = new Said($"m{Messages.Count + 1}", Log.Count + 1, Now, who, clientId, text, inReplyTo);
                Messages = Messages.Add(said);
                _spokenAt = Now;
                Note($"posted {said.Label} by {who} {clientId} '{text}' re '{inReplyTo}'");
                return $"posted {said.Label} #{said.Seq}";

            case Act.Edit(var who, var label, var text):
                if (HindersChange(who, label) is { } unedited)
                    return unedited;
                if (MessageOf(label)!.IsRemoved)
                    return "failed_precondition";
                if (MessageOf(label) is { EditedAt: not null } edited && edited.Text == text)
                    return "changed";
                Change(label, one => one with { Text = text, EditedAt = Now });
                Note($"edited {label} by {who} '{text}'");
                return "changed";

            case Act.Remove(var who, var label):
                if (HindersChange(who, label) is { } unremoved)
                    return unremoved;
                if (MessageOf(label)!.IsRemoved)
                    return "changed";
                Change(label, one => one.Remove());
                Note($"removed {label} by {who}");
                return "changed";

            case Act.React(var who, var label, var emoji, var on):
                if (Hinders(who) is { } unmoved)
                    return unmoved;
                if (MessageOf(label) is not { } message)
                    return "not_found";
                if (message.IsRemoved)
                    return "failed_precondition";
                if (message.Reactions.Contains((emoji, who)) == on)
                    return "changed";
                Change(label, one => one with { Reactions = on ? one.Reactions.Add((emoji, who)) : one.Reactions.Remove((emoji, who)) });
                Note($"reacted {label} by {who} {emoji} {on}");
                return "changed";

            case Act.Answer(var who, var label, var yes):
                if (Hinders(who) is { } unanswered)
                    return unanswered;
                if (_prompt?.Label != label)
                    return "failed_precondition";
                if (_prompt.Answers.TryGetValue(who, out var given))
                    return given == yes ? "changed" : "failed_precondition";
                if (!_prompt.IsOpen(Now))
                    return "failed_precondition";
                if (!yes && _prompt.By.Length == 0)
                {
                    End("NOT_LIKED", "");
                    return "changed";
                }

                _prompt = _prompt with { Answers = _prompt.Answers.Add(who, yes) };
                Note($"answered {label} by {who}");
                if (yes && _prompt.Answers.Count == 2)
                    Agree(_prompt.Kind);
                return "changed";

            case Act.Keep(var who):
                if (Hinders(who) is { } unkept)
                    return unkept;
                if (!_isPair)
                    return "failed_precondition";
                if (_kept || (_prompt?.By == who && _prompt.IsOpen(Now)))
                    return "changed";
                if (_prompt?.IsOpen(Now) == true)
                    return "failed_precondition";
                Ask("KEEP", _prompt?.Round ?? 0, who);
                return "changed";

            case Act.Read(var who, var seq):
                if (!Reads(who))
                    return "permission_denied";
                Receive(who, seq, seq);
                return "read";

            case Act.Receive(var who, var seq):
                if (IsIn(who))
                    Receive(who, seq, 0);
                return "";

            case Act.Type(var who, var active):
                if (!IsIn(who))
                    return "";
                if (active)
                    BeginTyping(who);
                else
                    EndTyping(who);
                return "";

            case Act.Look(var who):
                var canJoin = !_isPair && !_ended && _members.GetValueOrDefault(who)?.WasPutOut != true;
                return canJoin || Reads(who) ? "room" : "permission_denied";

            case Act.Signal signal:
                return Answer(signal);

            case Act.Attach(var who, var session, var online):
                Told = Told.SetItem((who, session), "");
                if (!Reads(who))
                    return "permission_denied";
                if (IsIn(who) && !_ended)
                {
                    Sit(who, _sessions.SetItem((who, session), online));
                    _absentUntil = _absentUntil.Remove(who);
                }

                return $"attached {View(who)}";

            case Act.Detach(var who, var session, var isAbsent):
                Sit(who, _sessions.Remove((who, session)));
                if (_sessions.Keys.Any(one => one.Who == who))
                    return "";
                if (isAbsent)
                    LeaveAbsent(who);
                else
                    AwaitReturn(who);
                return "";

            case Act.SetOnline(var who, var session, var online):
                if (_sessions.ContainsKey((who, session)))
                    Sit(who, _sessions.SetItem((who, session), online));
                return "";

            default:
                throw new ArgumentException($"{act} is none that the model knows.", nameof(act));
        }
    }

    private string Answer(Act.Signal signal)
    {
        var (who, session, kind, label) = signal;
        if (kind != Kind.HangUp && _call is not null && _callsBy.TryGetValue(who, out var other) && other != session && _sessions.GetValueOrDefault((who, other)))
            return "failed_precondition";
        if (Hinders(who) is { } hindered)
            return hindered;
        if (!_isPair)
            return "failed_precondition";
        var isMeant = label.Length == 0 || label == _call?.Label;
        if (kind == Kind.HangUp)
        {
            if (isMeant)
                EndCall(who, isLost: false);
            return "changed";
        }

        if (!isMeant)
            return "failed_precondition";
        if (_call is null)
        {
            if (kind != Kind.Offer)
                return "failed_precondition";
            _call = new($"c{++_calls}", who, Now + RingFor, null);
            _callsBy = _callsBy.Clear();
            _spokenAt = Now;
            Note($"calls {_call.Label} by {who} until {Time(_call.RingsUntil)}");
        }
        else if (_call.AnsweredAt is null && who == _call.By && kind == Kind.Answer)
        {
            return "failed_precondition";
        }
        else if (_call.AnsweredAt is null && who != _call.By)
        {
            if (kind != Kind.Answer)
                return kind == Kind.Offer ? "already_exists" : "failed_precondition";
            _call = _call with { AnsweredAt = Now };
            Note($"answers {_call.Label} by {who}");
        }

        _callsBy = _callsBy.SetItem(who, session);
        return "changed";
    }

    private void Tick()
    {
        if (_call is not null)
            EndCall("", isLost: false);
        else if (Now >= _spokenAt + SilenceEndsAfter)
            End("SILENCE", "");
        else if (_prompt?.Round == 2)
            End("NOT_LIKED", "");
        else
            Ask(_level < 2 ? "LIKE" : "KEEP", (_prompt?.Round ?? 0) + 1, "");
    }

    private void Ask(string kind, int round, string by)
    {
        var answers = ImmutableDictionary<string, bool>.Empty;
        _prompt = new($"p{++_prompts}", kind, round, by, Now + PromptOpenFor, by.Length > 0 ? answers.Add(by, true) : answers);
        Note($"asks {_prompt.Label} {kind} {round} by '{by}' until {Time(_prompt.ClosesAt)}");
    }

    private void Agree(string kind)
    {
        _prompt = null;
        if (kind == "KEEP")
        {
            _kept = true;
            _absentUntil = _absentUntil.Clear();
            Note("kept");
        }
        else
        {
            _level++;
            _stepAt = Now;
            Note($"reveals {_level}");
        }
    }

    private void Enter(string who)
    {
        _members = _members.SetItem(who, new(Log.Count, IsIn: true));
        Note($"joined {who}");
        AwaitReturn(who);
    }

    private void LeaveAbsent(string who)
    {
        _absentUntil = _absentUntil.Remove(who);
        if (!_ended && !_kept && IsIn(who))
            Leave(who, "ABSENT");
    }

    private void Leave(string who, string reason)
    {
        Note($"left {who} {reason}");
        _members = _members.SetItem(who, _members[who] with { IsIn = false });
        _receipts = _receipts.Remove(who);
        if (_isPair)
            End(reason == "ABSENT" ? "PARTNER_ABSENT" : "PARTNER_LEFT", who);
        else if (!Present.Any())
            End("EMPTY", who);
        else if (who == _owner)
            Note($"owner {_owner = Present.MinBy(one => _members[one].Since)!}");
        Out(who);
    }

    private void Delete(string who)
    {
        if (!_members.TryGetValue(who, out var member) || member.IsDeleted)
            return;
        if (!_ended && member.IsIn)
            Leave(who, "DELETED");
        else
            Note($"left {who} DELETED");
        _members = _members.SetItem(who, _members[who] with { IsIn = false, IsDeleted = true });
        _receipts = _receipts.Remove(who);
        Messages = [.. Messages.Select(message => message.Author == who ? message.Remove() : message)];
    }

    private void Receive(string who, long received, long read)
    {
        var before = _receipts.GetValueOrDefault(who);
        _receipts = _receipts.SetItem(who, (Math.Max(before.Received, Math.Min(received, Log.Count)), Math.Max(before.Read, Math.Min(read, Log.Count))));
    }

    private void BeginTyping(string who)
    {
        _typesUntil = _typesUntil.SetItem(who, Now + TypingLasts);
        TellTyping(who, $"{who} types, ");
    }

    private void EndTyping(string who)
    {
        if (!_typesUntil.ContainsKey(who))
            return;
        _typesUntil = _typesUntil.Remove(who);
        TellTyping(who, $"{who} pauses, ");
    }

    private void TellTyping(string who, string what)
    {
        if (_ended || !IsIn(who))
            return;
        foreach (var session in _sessions.Keys.Where(session => session.Who != who))
            Told = Told.SetItem(session, Told[session] + what);
    }

    // Typing ends with the last socket.
    private void Sit(string who, ImmutableSortedDictionary<(string Who, int Session), bool> sessions)
    {
        var wasOnline = IsOnline(who);
        _sessions = sessions;
        if (wasOnline && !IsOnline(who))
            EndTyping(who);
    }

    private void End(string reason, string by)
    {
        EndCall(by, isLost: reason == "PARTNER_ABSENT");
        Note($"ended {reason} by '{by}'");
        _ended = true;
        _prompt = null;
        foreach (var who in Present)
            Out(who);
    }

    private void EndCall(string by, bool isLost)
    {
        if (_call is null)
            return;
        var reason = _call.AnsweredAt is not null ? isLost ? "LOST" : "HUNG_UP" : isLost || by.Length == 0 || by == _call.By ? "MISSED" : "DECLINED";
        Note($"hung up {_call.Label} {reason} by '{by}'");
        _spokenAt = Now;
        if (_call.AnsweredAt is not null)
        {
            _stepAt = Now;
            if (_prompt?.IsOpen(Now) == false)
                _prompt = null;
        }

        _call = null;
    }

    private void Out(string who)
    {
        _absentUntil = _absentUntil.Remove(who);
        _sessions = _sessions.RemoveRange(_sessions.Keys.Where(one => one.Who == who).ToList());
    }

    private void AwaitReturn(string who)
    {
        if (IsIn(who) && !_ended && !_kept && !_absentUntil.ContainsKey(who))
            _absentUntil = _absentUntil.Add(who, Now + Grace);
    }

    // Who is in a call and has no socket has so long to come back.
    private void Watch()
    {
        foreach (var who in _members.Keys)
        {
            var isThere = _call is null || (_call.AnsweredAt is null && _call.By != who)
                || (_callsBy.TryGetValue(who, out var session) ? _sessions.GetValueOrDefault((who, session)) : IsOnline(who));
            if (isThere)
                _lostAt = _lostAt.Remove(who);
            else if (!_lostAt.ContainsKey(who))
                _lostAt = _lostAt.Add(who, Now + LostAfter);
        }
    }

    private IEnumerable<string> Present => _members.Where(member => member.Value.IsIn).Select(member => member.Key);

    private bool IsIn(string who) => _members.GetValueOrDefault(who)?.IsIn == true;

    private bool IsOnline(string who) => _sessions.Any(one => one.Key.Who == who && one.Value);

    /// <summary>Whether a user may read the history.</summary>
    public bool Reads(string who) => _isPair ? _members.ContainsKey(who) : IsIn(who);

    private string? Hinders(string who) => !Reads(who) ? "permission_denied" : _ended ? "failed_precondition" : null;

    private string? HindersOwner(string who) => Hinders(who) ?? (_isPair ? "failed_precondition" : who != _owner ? "permission_denied" : null);

    private string? HindersChange(string who, string label) => Hinders(who) ?? (
        MessageOf(label) is not { } message ? "not_found"
        : message.Author != who ? "permission_denied"
        : Now - message.At > ChangeWithin ? "failed_precondition"
        : null);

    private Said? MessageOf(string label) => Messages.Find(one => one.Label == label);

    private void Change(string label, Func<Said, Said> change) => Messages = Messages.Replace(MessageOf(label)!, change(MessageOf(label)!));

    private void Note(string what) => Log = Log.Add($"#{Log.Count + 1} {Time(Now)} {what}");

    /// <summary>A time as it stands in the log.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Member(long Since, bool IsIn, bool WasPutOut = false, bool IsDeleted = false);

    private sealed record Ring(string Label, string By, DateTimeOffset RingsUntil, DateTimeOffset? AnsweredAt);

    private sealed record Question(string Label, string Kind, int Round, string By, DateTimeOffset ClosesAt, ImmutableDictionary<string, bool> Answers)
    {
        public bool IsOpen(DateTimeOffset now) => now < ClosesAt && !Answers.Values.Contains(false);
    }

    /// <summary>A message as it stands.</summary>
    public sealed record Said(string Label, long Seq, DateTimeOffset At, string Author, string ClientId, string Text, string InReplyTo)
    {
        public DateTimeOffset? EditedAt { get; init; }

        public bool IsRemoved { get; init; }

        public ImmutableList<(string Emoji, string Who)> Reactions { get; init; } = [];

        /// <summary>Without its text and reactions.</summary>
        public Said Remove() => this with { Text = "", EditedAt = null, IsRemoved = true, Reactions = [] };

        /// <summary>As history tells it to a reader.</summary>
        public string To(string reader)
        {
            var reactions = Reactions.GroupBy(one => one.Emoji, one => one.Who).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {string.Join(' ', group)}");
            var edited = EditedAt is { } at ? $" edited {Time(at)}" : "";
            return $"{Label} #{Seq} {Time(At)} {Author} {(Author == reader ? ClientId : "")} '{Text}' re '{InReplyTo}'{edited}{(IsRemoved ? " removed" : "")} [{string.Join(", ", reactions)}]";
        }
    }
}
