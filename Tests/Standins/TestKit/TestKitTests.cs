using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit.Abstractions;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class TestKitTests
{
    [Fact]
    public void A_test_ends_its_system()
    {
        var kit = new TestKit(ConfigurationFactory.ParseString("my.setting = 5"), "named");

        Assert.Equal("named", kit.Sys.Name);
        Assert.Equal(5, kit.Sys.Settings.Config.GetInt("my.setting"));
        Assert.Equal(TimeSpan.FromSeconds(3), kit.TestKitSettings.SingleExpectDefault);
        kit.Dispose();

        Assert.True(kit.Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void A_test_may_be_given_a_setup()
    {
        using var kit = new TestKit(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig("my.setting = 5")));

        Assert.Equal(5, kit.Sys.Settings.Config.GetInt("my.setting"));
    }

    [Fact]
    public void A_test_may_be_given_a_system()
    {
        var system = ActorSystem.Create("given");
        using var kit = new TestKit(system);

        kit.ActorOf(SimpleEchoActor.Props()).Tell("hello", kit.TestActor);

        kit.ExpectMsg("hello");
        Assert.Same(system, kit.Sys);
    }

    [Fact]
    public void A_system_logs_to_the_output_of_its_test()
    {
        var output = new Recorder();
        using (var kit = new TestKit("akka.loglevel = INFO", output))
        {
            kit.AwaitAssert(() =>
            {
                kit.Log.Info("for the output");
                Assert.Contains(output.Lines, line => line.Contains("for the output"));
            });
        }
    }

    private sealed class Recorder : ITestOutputHelper
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public void WriteLine(string message)
        {
            lock (_lines) _lines.Add(message);
        }

        public void WriteLine(string format, params object[] args) => WriteLine(string.Format(format, args));
    }
}
