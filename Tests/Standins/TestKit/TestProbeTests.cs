using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class TestProbeTests : TestKit
{
    [Fact]
    public async Task A_probe_answers_who_sent_to_it()
    {
        var probe = CreateTestProbe("partner");
        var answer = probe.Ref.Ask<string>("question", TimeSpan.FromSeconds(3));

        probe.ExpectMsg("question");
        probe.Reply("answer");

        Assert.Equal("answer", await answer);
        Assert.StartsWith("partner", probe.Ref.Path.Name);
    }

    [Fact]
    public void A_probe_sends_as_itself_and_forwards_as_the_sender()
    {
        var first = CreateTestProbe();
        var second = CreateTestProbe();

        first.Send(second, "hello");
        second.ExpectMsg("hello");
        Assert.Equal(first.Ref, second.Sender);
        second.Forward(TestActor);
        second.Forward(TestActor, "changed");

        ExpectMsgFrom(first.Ref, "hello");
        ExpectMsgFrom(first.Ref, "changed");
    }

    [Fact]
    public void A_probe_is_a_reference_itself()
    {
        var probe = CreateTestProbe();
        var forwarder = ActorOf(ForwardActor.Props(probe));

        forwarder.Tell("hello", TestActor);

        probe.ExpectMsg("hello");
        Assert.Equal(TestActor, probe.LastSender);
        Assert.True(probe.Ref.Equals(probe));
        Assert.True(probe.Equals(probe.Ref));
        Watch(probe);
        Sys.Stop(probe);
        ExpectTerminated(probe);
    }

    [Fact]
    public void An_auto_pilot_answers_until_it_is_done()
    {
        var probe = CreateTestProbe();
        var answers = 0;
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"{message}!", ActorRefs.NoSender);
            return ++answers < 2 ? AutoPilot.KeepRunning : AutoPilot.NoAutoPilot;
        }));

        foreach (var message in new[] { "a", "b", "c" }) probe.Ref.Tell(message, TestActor);

        ExpectMsg("a!");
        ExpectMsg("b!");
        ExpectNoMsg(50);
        Assert.Equal(["a", "b", "c"], probe.ReceiveN(3));
    }

    [Fact]
    public void A_probe_sends_nothing_by_itself()
    {
        var probe = CreateTestProbe();
        var echo = ActorOf(SimpleEchoActor.Props());

        echo.Tell("to the test", TestActor);
        probe.Send(echo, "to the probe");

        ExpectMsg("to the test");
        probe.ExpectMsg("to the probe");
    }

    [Fact]
    public void A_child_of_a_test_actor_is_supervised_as_the_test_says()
    {
        var probe = CreateTestProbe();
        var stopped = probe.ChildActorOf(Props.Create<Failing>(), new OneForOneStrategy(_ => Directive.Stop));
        var restarted = probe.ChildActorOf(Props.Create<Failing>(), "restarted", new OneForOneStrategy(_ => Directive.Restart));
        probe.Watch(stopped);

        Assert.Equal(probe.Ref.Path, stopped.Path.Parent);
        Assert.Equal("restarted", restarted.Path.Name);
        stopped.Tell("fail", probe);
        restarted.Tell("fail", probe);

        probe.ExpectTerminated(stopped);
        restarted.Tell("still there?", probe);
        probe.ExpectMsg("still there?");
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(message =>
        {
            if (message is "fail") throw new InvalidOperationException("as told");
            Sender.Tell(message);
        });
    }
}
