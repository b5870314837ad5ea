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
    private ImmutableDictionary<string, Membership> _members = ImmutableDictionary<string, Membership>.Empty;
    private Question? _prompt;
    private int _prompts;
    private Ring? _call;
    private int _calls;
    private DateTimeOffset _spokenAt;
    private DateTimeOffset _stepAt;

    // What a crash forgets: attached sessions, absences, typing and receipts.
    private ImmutableSortedDictionary<(string Member, int Session), bool> _sessions = ImmutableSortedDictionary<(string, int), bool>.Empty;
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
    public ImmutableSortedDictionary<(string Member, int Session), string> Told { get; private set; } = ImmutableSortedDictionary<(string, int), string>.Empty;

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
        if (act is Act.Send or Act.Edit or Act.Remove or Act.React or Act.Answer or Act.Keep or Act.Read or Act.Signal && _absentUntil.ContainsKey(act.Member))
            _absentUntil = _absentUntil.SetItem(act.Member, Now + Grace);
        var answer = Answer(act);
        Watch();
        if (answer == "room" && _absentUntil.ContainsKey(act.Member))
            _absentUntil = _absentUntil.SetItem(act.Member, Now + Grace);
        return answer == "room" ? View(act.Member) : answer == "changed" ? $"changed #{Log.Count}" : answer;
    }

    /// <summary>Something happens by itself, whose time has come.</summary>
    public void Happen(string what)
    {
        var member = what.Split(' ')[^1];
        if (what == "due" && DueAt <= Now)
            Tick();
        else if (what.StartsWith("absent ", StringComparison.Ordinal) && _absentUntil.ContainsKey(member))
            LeaveAbsent(member);
        else if (what.StartsWith("lost ", StringComparison.Ordinal) && _lostAt.ContainsKey(member))
            EndCall(member, isLost: true);
        else if (what.StartsWith("typing ", StringComparison.Ordinal))
            EndTyping(member);
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
        foreach (var member in Present)
            AwaitReturn(member);
        Watch();
    }

    /// <summary>The room as a member sees it.</summary>
    private string View(string member)
    {
        var listed = _isPair ? _members.Keys : Present;
        IEnumerable<string> shown = Reads(member)
            ? listed.Select(one => Shown(one, member)).Order(StringComparer.Ordinal)
            : [$"{listed.Count()}"];
        var prompt = _prompt?.IsOpen(Now) == true ? $" {_prompt.Label} {_prompt.Kind} {_prompt.Round} [{string.Join(' ', _prompt.Answers.Keys.Order(StringComparer.Ordinal))}]" : "";
        var call = _call is null ? "" : $" {_call.Label} {(_call.AnsweredAt is null ? "rings" : "active")} by {_call.By}";
        return $"room {(_ended ? "ended" : _kept ? "kept" : "active")} '{_name}' level {_level} #{Log.Count} {string.Join(' ', shown)}{prompt}{call}";
    }

    private string Shown(string member, string reader)
    {
        var (received, read) = _receipts.GetValueOrDefault(member);
        return $"{(_members[member].IsDeleted ? "" : member)}{(IsOnline(member) ? "+" : "")}{(member == _owner && !_isPair ? "*" : "")}{(member == reader ? "!" : "")}{received}/{read}";
    }

    private string Answer(Act act)
    {
        switch (act)
        {
            case Act.Join(var member):
                if (IsIn(member))
                    return _ended ? "failed_precondition" : "room";
                if (_isPair || _members.GetValueOrDefault(member)?.WasPutOut == true)
                    return "permission_denied";
                if (_ended || Present.Count() >= _capacity)
                    return "failed_precondition";
                Enter(member);
                return "room";

            case Act.Leave(var member):
                if (!_members.ContainsKey(member))
                    return "permission_denied";
                if (!_ended && IsIn(member))
                    Leave(member, "LEFT");
                return "room";

            case Act.End(var member):
                if (!Reads(member))
                    return "permission_denied";
                if (_ended)
                    return "room";
                if (!_isPair && member != _owner)
                    return "permission_denied";
                End("CLOSED", member);
                return "room";

            case Act.Rename(var member, var name):
                if (HindersOwner(member) is { } noOwner)
                    return noOwner;
                if (name != _name)
                    Note($"renamed '{_name = name}' by {member}");
                return "room";

            case Act.RemoveMember(var member, var other):
                if (HindersOwner(member) is { } hindered)
                    return hindered;
                if (member == other)
                    return "failed_precondition";
                if (_members.GetValueOrDefault(other)?.WasPutOut == true)
                    return "room";
                if (!IsIn(other))
                    return "not_found";
                Note($"left {other} REMOVED");
                _members = _members.SetItem(other, _members[other] with { IsIn = false, WasPutOut = true });
                _receipts = _receipts.Remove(other);
                Out(other);
                return "room";

            case Act.Part(var member, var other):
                if (_isPair && !_ended && IsIn(member) && _members.ContainsKey(other))
                    Leave(member, "LEFT");
                return "parted";

            case Act.Delete(var member):
                Delete(member);
                return "erased";

            case Act.Send(var member, var clientId, var text, var inReplyTo):
                if (Reads(member) && Messages.Where(one => one.Author == member).TakeLast(64).FirstOrDefault(one => one.ClientId == clientId) is { } before)
                    return $"posted {before.Label} #{before.Seq}";
                if (Hinders(member) is { } unsaid)
                    return unsaid;
                if (inReplyTo.Length > 0 && MessageOf(inReplyTo) is null)
                    return "not_found";
                var said = new Said($"m{Messages.Count + 1}", Log.Count + 1, Now, member, clientId, text, inReplyTo);
                Messages = Messages.Add(said);
                _spokenAt = Now;
                Note($"posted {said.Label} by {member} {clientId} '{text}' re '{inReplyTo}'");
                return $"posted {said.Label} #{said.Seq}";

            case Act.Edit(var member, var label, var text):
                if (HindersChange(member, label) is { } unedited)
                    return unedited;
                if (MessageOf(label)!.IsRemoved)
                    return "failed_precondition";
                if (MessageOf(label) is { EditedAt: not null } edited && edited.Text == text)
                    return "changed";
                Change(label, one => one with { Text = text, EditedAt = Now });
                Note($"edited {label} by {member} '{text}'");
                return "changed";

            case Act.Remove(var member, var label):
                if (HindersChange(member, label) is { } unremoved)
                    return unremoved;
                if (MessageOf(label)!.IsRemoved)
                    return "changed";
                Change(label, one => one.Remove());
                Note($"removed {label} by {member}");
                return "changed";

            case Act.React(var member, var label, var emoji, var on):
                if (Hinders(member) is { } unmoved)
                    return unmoved;
                if (MessageOf(label) is not { } message)
                    return "not_found";
                if (message.IsRemoved)
                    return "failed_precondition";
                if (message.Reactions.Contains((emoji, member)) == on)
                    return "changed";
                Change(label, one => one with { Reactions = on ? one.Reactions.Add((emoji, member)) : one.Reactions.Remove((emoji, member)) });
                Note($"reacted {label} by {member} {emoji} {on}");
                return "changed";

            case Act.Answer(var member, var label, var yes):
                if (Hinders(member) is { } unanswered)
                    return unanswered;
                if (_prompt?.Label != label)
                    return "failed_precondition";
                if (_prompt.Answers.TryGetValue(member, out var given))
                    return given == yes ? "changed" : "failed_precondition";
                if (!_prompt.IsOpen(Now))
                    return "failed_precondition";
                if (!yes && _prompt.By.Length == 0)
                {
                    End("NOT_LIKED", "");
                    return "changed";
                }

                _prompt = _prompt with { Answers = _prompt.Answers.Add(member, yes) };
                Note($"answered {label} by {member}");
                if (yes && _prompt.Answers.Count == 2)
                    Agree(_prompt.Kind);
                return "changed";

            case Act.Keep(var member):
                if (Hinders(member) is { } unkept)
                    return unkept;
                if (!_isPair)
                    return "failed_precondition";
                if (_kept || (_prompt?.By == member && _prompt.IsOpen(Now)))
                    return "changed";
                if (_prompt?.IsOpen(Now) == true)
                    return "failed_precondition";
                Ask("KEEP", _prompt?.Round ?? 0, member);
                return "changed";

            case Act.Read(var member, var seq):
                if (!Reads(member))
                    return "permission_denied";
                Receive(member, seq, seq);
                return "read";

            case Act.Receive(var member, var seq):
                if (IsIn(member))
                    Receive(member, seq, 0);
                return "";

            case Act.Type(var member, var active):
                if (!IsIn(member))
                    return "";
                if (active)
                    BeginTyping(member);
                else
                    EndTyping(member);
                return "";

            case Act.Look(var member):
                var canJoin = !_isPair && !_ended && _members.GetValueOrDefault(member)?.WasPutOut != true;
                return canJoin || Reads(member) ? "room" : "permission_denied";

            case Act.Signal signal:
                return Answer(signal);

            case Act.Attach(var member, var session, var online):
                Told = Told.SetItem((member, session), "");
                if (!Reads(member))
                    return "permission_denied";
                if (IsIn(member) && !_ended)
                {
                    Sit(member, _sessions.SetItem((member, session), online));
                    _absentUntil = _absentUntil.Remove(member);
                }

                return $"attached {View(member)}";

            case Act.Detach(var member, var session, var isAbsent):
                Sit(member, _sessions.Remove((member, session)));
                if (_sessions.Keys.Any(one => one.Member == member))
                    return "";
                if (isAbsent)
                    LeaveAbsent(member);
                else
                    AwaitReturn(member);
                return "";

            case Act.SetOnline(var member, var session, var online):
                if (_sessions.ContainsKey((member, session)))
                    Sit(member, _sessions.SetItem((member, session), online));
                return "";

            default:
                throw new ArgumentException($"{act} is none that the model knows.", nameof(act));
        }
    }

    private string Answer(Act.Signal signal)
    {
        var (member, session, kind, label) = signal;
        if (kind != Kind.HangUp && _call is not null && _callsBy.TryGetValue(member, out var elsewhere) && elsewhere != session && _sessions.GetValueOrDefault((member, elsewhere)))
            return "failed_precondition";
        if (Hinders(member) is { } hindered)
            return hindered;
        if (!_isPair)
            return "failed_precondition";
        var isMeant = label.Length == 0 || label == _call?.Label;
        if (kind == Kind.HangUp)
        {
            if (isMeant)
                EndCall(member, isLost: false);
            return "changed";
        }

        if (!isMeant)
            return "failed_precondition";
        if (_call is null)
        {
            if (kind != Kind.Offer)
                return "failed_precondition";
            _call = new($"c{++_calls}", member, Now + RingFor, null);
            _callsBy = _callsBy.Clear();
            _spokenAt = Now;
            Note($"calls {_call.Label} by {member} until {Time(_call.RingsUntil)}");
        }
        else if (_call.AnsweredAt is null && member == _call.By && kind == Kind.Answer)
        {
            return "failed_precondition";
        }
        else if (_call.AnsweredAt is null && member != _call.By)
        {
            if (kind != Kind.Answer)
                return kind == Kind.Offer ? "already_exists" : "failed_precondition";
            _call = _call with { AnsweredAt = Now };
            Note($"answers {_call.Label} by {member}");
        }

        _callsBy = _callsBy.SetItem(member, session);
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

    private void Enter(string member)
    {
        _members = _members.SetItem(member, new(Log.Count, IsIn: true));
        Note($"joined {member}");
        AwaitReturn(member);
    }

    private void LeaveAbsent(string member)
    {
        _absentUntil = _absentUntil.Remove(member);
        if (!_ended && !_kept && IsIn(member))
            Leave(member, "ABSENT");
    }

    private void Leave(string member, string reason)
    {
        Note($"left {member} {reason}");
        _members = _members.SetItem(member, _members[member] with { IsIn = false });
        _receipts = _receipts.Remove(member);
        if (_isPair)
            End(reason == "ABSENT" ? "PARTNER_ABSENT" : "PARTNER_LEFT", member);
        else if (!Present.Any())
            End("EMPTY", member);
        else if (member == _owner)
            Note($"owner {_owner = Present.MinBy(one => _members[one].Since)!}");
        Out(member);
    }

    private void Delete(string member)
    {
        if (!_members.TryGetValue(member, out var known) || known.IsDeleted)
            return;
        if (!_ended && known.IsIn)
            Leave(member, "DELETED");
        else
            Note($"left {member} DELETED");
        _members = _members.SetItem(member, _members[member] with { IsIn = false, IsDeleted = true });
        _receipts = _receipts.Remove(member);
        Messages = [.. Messages.Select(message => message.Author == member ? message.Remove() : message)];
    }

    private void Receive(string member, long received, long read)
    {
        var before = _receipts.GetValueOrDefault(member);
        _receipts = _receipts.SetItem(member, (Math.Max(before.Received, Math.Min(received, Log.Count)), Math.Max(before.Read, Math.Min(read, Log.Count))));
    }

    private void BeginTyping(string member)
    {
        _typesUntil = _typesUntil.SetItem(member, Now + TypingLasts);
        TellTyping(member, $"{member} types, ");
    }

    private void EndTyping(string member)
    {
        if (!_typesUntil.ContainsKey(member))
            return;
        _typesUntil = _typesUntil.Remove(member);
        TellTyping(member, $"{member} pauses, ");
    }

    private void TellTyping(string member, string what)
    {
        if (_ended || !IsIn(member))
            return;
        foreach (var session in _sessions.Keys.Where(session => session.Member != member))
            Told = Told.SetItem(session, Told[session] + what);
    }

    // Typing ends with the last socket.
    private void Sit(string member, ImmutableSortedDictionary<(string Member, int Session), bool> sessions)
    {
        var wasOnline = IsOnline(member);
        _sessions = sessions;
        if (wasOnline && !IsOnline(member))
            EndTyping(member);
    }

    private void End(string reason, string by)
    {
        EndCall(by, isLost: reason == "PARTNER_ABSENT");
        Note($"ended {reason} by '{by}'");
        _ended = true;
        _prompt = null;
        foreach (var member in Present)
            Out(member);
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

    private void Out(string member)
    {
        _absentUntil = _absentUntil.Remove(member);
        _sessions = _sessions.RemoveRange(_sessions.Keys.Where(one => one.Member == member).ToList());
    }

    private void AwaitReturn(string member)
    {
        if (IsIn(member) && !_ended && !_kept && !_absentUntil.ContainsKey(member))
            _absentUntil = _absentUntil.Add(member, Now + Grace);
    }

    // A member in a call that has no session has so long to come back.
    private void Watch()
    {
        foreach (var member in _members.Keys)
        {
            var isThere = _call is null || (_call.AnsweredAt is null && _call.By != member)
                || (_callsBy.TryGetValue(member, out var session) ? _sessions.GetValueOrDefault((member, session)) : IsOnline(member));
            if (isThere)
                _lostAt = _lostAt.Remove(member);
            else if (!_lostAt.ContainsKey(member))
                _lostAt = _lostAt.Add(member, Now + LostAfter);
        }
    }

    private IEnumerable<string> Present => _members.Where(member => member.Value.IsIn).Select(member => member.Key);

    private bool IsIn(string member) => _members.GetValueOrDefault(member)?.IsIn == true;

    private bool IsOnline(string member) => _sessions.Any(one => one.Key.Member == member && one.Value);

    /// <summary>Whether a user may read the history.</summary>
    public bool Reads(string member) => _isPair ? _members.ContainsKey(member) : IsIn(member);

    private string? Hinders(string member) => !Reads(member) ? "permission_denied" : _ended ? "failed_precondition" : null;

    private string? HindersOwner(string member) => Hinders(member) ?? (_isPair ? "failed_precondition" : member != _owner ? "permission_denied" : null);

    private string? HindersChange(string member, string label) => Hinders(member) ?? (
        MessageOf(label) is not { } message ? "not_found"
        : message.Author != member ? "permission_denied"
        : Now - message.At > ChangeWithin ? "failed_precondition"
        : null);

    private Said? MessageOf(string label) => Messages.Find(one => one.Label == label);

    private void Change(string label, Func<Said, Said> change) => Messages = Messages.Replace(MessageOf(label)!, change(MessageOf(label)!));

    private void Note(string what) => Log = Log.Add($"#{Log.Count + 1} {Time(Now)} {what}");

    /// <summary>A time as it stands in the log.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Membership(long Since, bool IsIn, bool WasPutOut = false, bool IsDeleted = false);

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

        public ImmutableList<(string Emoji, string Member)> Reactions { get; init; } = [];

        /// <summary>Without its text and reactions.</summary>
        public Said Remove() => this with { Text = "", EditedAt = null, IsRemoved = true, Reactions = [] };

        /// <summary>As history tells it to a reader.</summary>
        public string To(string reader)
        {
            var reactions = Reactions.GroupBy(one => one.Emoji, one => one.Member).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {string.Join(' ', group)}");
            var edited = EditedAt is { } at ? $" edited {Time(at)}" : "";
            return $"{Label} #{Seq} {Time(At)} {Author} {(Author == reader ? ClientId : "")} '{Text}' re '{InReplyTo}'{edited}{(IsRemoved ? " removed" : "")} [{string.Join(", ", reactions)}]";
        }
    }
}
