using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors;
using WebChat.Actors.Hosting;
using WebChat.Actors.Rooms;
using WebChat.Actors.Users;

namespace WebChat.Tests.Actors.Telemetry;

public sealed class ChatMetricsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ActorHost _host = ActorHost.Start();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public ChatMetricsTests()
    {
        var meters = _host.Services.GetRequiredService<IMeterFactory>();
        // The meters of other hosts have the same name.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Restarts_and_failures_of_an_entity_are_counted_and_it_is_active_once()
    {
        var (ann, bob) = (new Person(UserId.New(DateTimeOffset.UnixEpoch), "Ann"), new Person(UserId.New(DateTimeOffset.UnixEpoch), "Bob"));
        var room = RoomId.New(DateTimeOffset.UnixEpoch);
        var rooms = _host.Region<RoomRegion>();
        await rooms.Ask<RoomReplies.RoomIs>(new RoomCommands.OpenPair(room, ann, bob), Patience);
        Assert.Equal(1, _sums["webchat.entity.active room"]);

        for (var failures = 1; failures <= 3; failures++)
            await rooms.Ask<Rejection>(Poison(room), Patience);
        await rooms.Ask<RoomReplies.RoomIs>(new RoomQueries.GetRoom(room, ann.UserId), Patience);
        Assert.Equal(3, _sums["webchat.actor.restarts room"]);
        Assert.Equal(1, _sums["webchat.entity.active room"]);

        // A room that throws once more stops.
        await rooms.Ask<Rejection>(Poison(room), Patience);
        await rooms.Ask<Rejection>(new RoomQueries.GetRoom(room, ann.UserId), Patience);
        _listener.RecordObservableInstruments();
        Assert.Equal(1, _sums["webchat.entity.failing rooms"]);
        Assert.Equal(0, _sums["webchat.entity.active room"]);
    }

    [Fact]
    public async Task Dead_letters_are_counted()
    {
        var stopped = _host.System.ActorOf(Props.Empty);
        await stopped.GracefulStop(Patience);

        // The counter may not have started when the first comes.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                stopped.Tell("too late");
                return _sums.GetValueOrDefault("webchat.actor.dead_letters ") > 0;
            },
            Patience));
    }

    // No room can let in a user that is not there.
    private static RoomCommands.Join Poison(RoomId room) => new(room, null!);

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _sums.AddOrUpdate($"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}", value, (_, sum) => sum + value);
}
