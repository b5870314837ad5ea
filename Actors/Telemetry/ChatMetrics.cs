using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Dispatch.MessageQueues;
using WebChat.Actors.Hosting;
using WebChat.V1;

namespace WebChat.Actors.Telemetry;

/// <summary>
/// The instruments of the meter <c>WebChat</c>, described in docs/operations.md. An instrument without a listener does nothing, so
/// the callers record without asking, except where the value itself costs time or memory.
/// </summary>
public sealed class ChatMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "WebChat";

    private const string EntityType = "webchat.entity.type";
    private const string ActorType = "webchat.actor.type";

    // In seconds. Half a millisecond is a fast disk; ten seconds is how long a caller waits for an entity.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300] };

    private readonly Meter _meter;
    private readonly ConcurrentDictionary<string, IMessageQueue> _mailboxes = new();
    private readonly UpDownCounter<int> _sessions;
    private readonly UpDownCounter<int> _transports;
    private readonly UpDownCounter<int> _entities;
    private readonly Histogram<double> _recovery;
    private readonly Counter<long> _restarts;
    private readonly Counter<long> _deadLetters;
    private readonly Gauge<int> _waiting;
    private readonly Histogram<double> _match;
    private readonly Counter<long> _posted;
    private readonly Histogram<double> _acknowledgement;
    private readonly Histogram<double> _delivery;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _hash;

    public ChatMetrics(IMeterFactory meters, FailingEntities failing)
    {
        _meter = meters.Create(MeterName);
        _sessions = _meter.CreateUpDownCounter<int>("webchat.session.active", "{session}", "Client sessions, with and without a transport.");
        _transports = _meter.CreateUpDownCounter<int>("webchat.transport.active", "{transport}", "Open WebSockets and gRPC streams.");
        _entities = _meter.CreateUpDownCounter<int>("webchat.entity.active", "{entity}", "Entities in memory, such as rooms.");
        _recovery = _meter.CreateHistogram("webchat.entity.recovery.duration", "s", "The time that entities took to recover from the journal.", tags: null, Durations);
        _meter.CreateObservableGauge("webchat.entity.failing", () => Failing(failing), "{entity}", "Entities that stopped by a failure and have not recovered since.");
        _restarts = _meter.CreateCounter<long>("webchat.actor.restarts", "{restart}", "Actors that were restarted after an exception. A session is stopped instead.");
        _meter.CreateObservableGauge("webchat.actor.mailbox.size", MailboxSizes, "{message}", "Messages that wait in the mailboxes of the actors that all users share.");
        _deadLetters = _meter.CreateCounter<long>("webchat.actor.dead_letters", "{message}", "Messages to actors that had stopped.");
        _waiting = _meter.CreateGauge<int>("webchat.match.waiting", "{user}", "Users that wait for a partner.");
        _match = _meter.CreateHistogram("webchat.match.duration", "s", "The time from the start of a search to its match.", tags: null, Waits);
        _posted = _meter.CreateCounter<long>("webchat.message.posted", "{message}", "Messages that were persisted.");
        _acknowledgement = _meter.CreateHistogram("webchat.message.ack.duration", "s", "The time from the frame of a message to its acknowledgement.", tags: null, Durations);
        _delivery = _meter.CreateHistogram("webchat.message.delivery.duration", "s", "The time from the commit of a message until a transport has sent it.", tags: null, Durations);
        _events = _meter.CreateCounter<long>("webchat.journal.events", "{event}", "Events that were persisted.");
        _commit = _meter.CreateHistogram("webchat.journal.commit.duration", "s", "The time that the transactions of the journal and the snapshot store took to commit.", tags: null, Durations);
        _refusals = _meter.CreateCounter<long>("webchat.limit.refusals", "{request}", "Requests, frames and connections that a limit refused.");
        _hash = _meter.CreateHistogram("webchat.password.hash.duration", "s", "The time that a password hash took.", tags: null, Durations);
    }

    /// <summary>Whether acknowledgements are measured.</summary>
    public bool MeasuresAcknowledgements => _acknowledgement.Enabled;

    /// <summary>Whether deliveries are measured.</summary>
    public bool MeasuresDeliveries => _delivery.Enabled;

    /// <summary>Whether transactions are measured. Set up at the start of the actor system.</summary>
    public bool MeasuresCommits => _commit.Enabled;

    /// <summary>Adds to the sessions.</summary>
    public void AddSessions(int count) => _sessions.Add(count);

    /// <summary>Adds to the transports.</summary>
    /// <param name="count">1 or -1.</param>
    /// <param name="protocol"><c>websocket</c> or <c>grpc</c>.</param>
    public void AddTransports(int count, string protocol) => _transports.Add(count, new KeyValuePair<string, object?>("network.protocol.name", protocol));

    /// <summary>Adds to the entities of a type.</summary>
    public void AddEntities(int count, string type) => _entities.Add(count, new KeyValuePair<string, object?>(EntityType, type));

    /// <summary>Notes that an entity has recovered.</summary>
    public void Recovered(TimeSpan time, string type) => _recovery.Record(time.TotalSeconds, new KeyValuePair<string, object?>(EntityType, type));

    /// <summary>Notes that an exception has ended an incarnation of an actor.</summary>
    public void Restarted(string type) => _restarts.Add(1, new KeyValuePair<string, object?>(ActorType, type));

    /// <summary>Measures a mailbox, in place of an earlier one of the actor.</summary>
    public void Observe(string actor, IMessageQueue mailbox) => _mailboxes[actor] = mailbox;

    /// <summary>Notes a message to an actor that had stopped.</summary>
    public void DeadLetter() => _deadLetters.Add(1);

    /// <summary>Sets the number of waiting users.</summary>
    public void SetWaiting(int count, Mode mode) => _waiting.Record(count, Tag(mode));

    /// <summary>Notes that a user's search has found a partner.</summary>
    public void Matched(TimeSpan wait, Mode mode) => _match.Record(wait.TotalSeconds, Tag(mode));

    /// <summary>Notes that a message is on disk.</summary>
    public void Posted(Room.Types.Kind kind) =>
        _posted.Add(1, new KeyValuePair<string, object?>("webchat.room.kind", kind == Room.Types.Kind.Group ? "group" : "pair"));

    /// <summary>Notes the answer to a message.</summary>
    /// <param name="time">The time since its frame came.</param>
    /// <param name="error">The code of the rejection; null if the message was acknowledged.</param>
    public void Acknowledged(TimeSpan time, ErrorCode? error)
    {
        if (error is { } code)
            _acknowledgement.Record(time.TotalSeconds, new KeyValuePair<string, object?>("error.type", code.Name()));
        else
            _acknowledgement.Record(time.TotalSeconds);
    }

    /// <summary>Notes that a transport has sent a message.</summary>
    public void Delivered(TimeSpan time) => _delivery.Record(time.TotalSeconds);

    /// <summary>Notes that an event is on disk.</summary>
    public void Persisted() => _events.Add(1);

    /// <summary>Notes a transaction that has written.</summary>
    public void Committed(TimeSpan time) => _commit.Record(time.TotalSeconds);

    /// <summary>Notes that a limit has refused something.</summary>
    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("webchat.limit", limit));

    /// <summary>Notes that a password hash is computed.</summary>
    public void Hashed(TimeSpan time) => _hash.Record(time.TotalSeconds);

    /// <summary>Measures the requests that need a password hash.</summary>
    public void ObservePasswords(Func<int> count) =>
        _meter.CreateObservableGauge("webchat.password.active", count, "{request}", "Requests that wait for a password hash or compute one.");

    private IEnumerable<Measurement<int>> MailboxSizes() =>
        _mailboxes.Select(mailbox => new Measurement<int>(mailbox.Value.Count, new KeyValuePair<string, object?>(ActorType, mailbox.Key)));

    private static IEnumerable<Measurement<int>> Failing(FailingEntities failing) =>
        failing.Now.CountBy(entity => entity.Region).Select(region => new Measurement<int>(region.Value, new KeyValuePair<string, object?>(EntityType, region.Key)));

    private static KeyValuePair<string, object?> Tag(Mode mode) => new("webchat.match.mode", mode == Mode.Voice ? "voice" : "chat");
}
