using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit.Sdk;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class EventFilterTests() : TestKit("akka.loglevel = DEBUG")
{
    [Fact]
    public void Events_are_expected_by_level_and_text()
    {
        EventFilter.Debug("exactly").ExpectOne(() => Log.Debug("exactly"));
        EventFilter.Info(start: "beg").ExpectOne(() => Log.Info("beginning"));
        EventFilter.Warning(contains: "mid").ExpectOne(() => Log.Warning("in the middle"));
        EventFilter.Error(new Regex("^f.*r$")).ExpectOne(() => Log.Error("four"));
        EventFilter.Exception<ArgumentException>(contains: "bad").ExpectOne(() => Log.Error(new ArgumentNullException("bad argument"), "an error"));
        EventFilter.Custom<Info>(info => Equals(info.Message?.ToString(), "custom")).ExpectOne(() => Log.Info("custom"));
    }

    [Fact]
    public void Arguments_are_part_of_the_text() => EventFilter.Info("1 and 2").ExpectOne(() => Log.Info("{0} and {1}", 1, 2));

    [Fact]
    public void Too_few_events_fail_the_test()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => EventFilter.Info("a").Expect(2, TimeSpan.FromMilliseconds(100), () => Log.Info("a")));

        Assert.Matches(@"\b1\b.*\b2\b|\b2\b.*\b1\b", failure.Message);
    }

    [Fact]
    public void Too_many_events_fail_the_test()
    {
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info("a").ExpectOne(() =>
        {
            Log.Info("a");
            Log.Info("a");
        }));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info("a").Expect(0, () => Log.Info("a")));
        EventFilter.Info("b").Expect(0, () => Log.Info("a"));
    }

    [Fact]
    public async Task Events_are_expected_while_something_is_awaited()
    {
        var result = await EventFilter.Info("a").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Log.Info("a");
            return 5;
        });

        Assert.Equal(5, result);
        await Assert.ThrowsAnyAsync<XunitException>(() => EventFilter.Info("b").ExpectAsync(1, TimeSpan.FromMilliseconds(100), () => Task.CompletedTask));
    }

    [Fact]
    public void Several_filters_count_together() =>
        EventFilter.Info("a").And.Warning("b").Expect(2, () =>
        {
            Log.Info("a");
            Log.Warning("b");
        });

    [Fact]
    public void A_source_is_the_path_of_who_logs()
    {
        var logging = ActorOf(Props.Create<Logging>(), "logging");

        EventFilter.Info("hello", source: logging.Path.ToString()).ExpectOne(() => logging.Tell("hello"));
    }

    [Fact]
    public void Messages_that_reach_nobody_are_expected()
    {
        var gone = ActorOf(BlackHoleActor.Props);
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);

        EventFilter.DeadLetter<string>().ExpectOne(() => gone.Tell("lost"));
        EventFilter.DeadLetter<string>(s => s == "other").Expect(0, () => gone.Tell("lost"));
    }

    [Fact]
    public void Muted_events_end_with_the_filter()
    {
        using (EventFilter.Error().Mute()) Log.Error("unheard");

        EventFilter.Error("heard").ExpectOne(() => Log.Error("heard"));
    }

    private sealed class Logging : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logging() => Receive<string>(text => _log.Info(text));
    }
}
