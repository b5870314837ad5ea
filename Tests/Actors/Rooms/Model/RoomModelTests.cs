using Akka.Actor;
using FsCheck.Xunit;
using WebChat.Actors.Hosting;

namespace WebChat.Tests.Actors.Rooms.Model;

/// <summary>Random commands to a real room, which crashes now and then: whatever comes, it is what the model says.</summary>
public sealed class RoomModelTests : IDisposable
{
    // A room that rests forgets receipts, as it does in a crash. Here it does not rest.
    private ActorHost _host = Ready(ActorHost.Start(settings: ("WebChat:Rooms:IdleAfter", "1.00:00:00")));

    [Property(MaxTest = 40, StartSize = 20, EndSize = 140)]
    public Task A_pair_is_what_the_model_says_whenever_it_crashes(Step[] steps) => Run(isPair: true, steps);

    [Property(MaxTest = 20, StartSize = 20, EndSize = 140)]
    public Task A_group_is_what_the_model_says_whenever_it_crashes(Step[] steps) => Run(isPair: false, steps);

    public void Dispose() => _host.Dispose();

    private Task Run(bool isPair, Step[] steps) => RoomTrial.Run(_host, host => _host = Ready(host.Restart()), isPair, steps);

    private static ActorHost Ready(ActorHost host)
    {
        // No user actor is told about members that leave.
        host.Replace<UserRegion>(ActorRefs.Nobody);
        var now = host.Clock.Now;
        host.Clock.AdvanceTo(new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(1));
        return host;
    }
}
