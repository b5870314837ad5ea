using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit.Sdk;
using TestKit = Akka.TestKit.Xunit2.TestKit;

namespace WebChat.Tests.Standins.AkkaTestKit;

public class ExpectTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void The_test_actor_is_the_sender_of_what_a_test_sends()
    {
        var echo = ActorOf(SimpleEchoActor.Props());

        echo.Tell("hello");

        ExpectMsg("hello");
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task The_test_actor_is_the_sender_also_after_an_await()
    {
        var echo = ActorOf(SimpleEchoActor.Props());
        await Task.Yield();

        echo.Tell(1);
        await ExpectMsgAsync(1);
        await Task.Delay(1);
        echo.Tell(2);

        await ExpectMsgAsync(2);
    }

    [Fact]
    public void A_message_is_expected_by_type_value_predicate_or_assertion()
    {
        foreach (var message in new object[] { 1, 2, 3, 4, 5, new List<int> { 6 } }) TestActor.Tell(message);

        Assert.Equal(1, ExpectMsg<int>());
        ExpectMsg(2);
        ExpectMsg<int>(i => i == 3);
        ExpectMsg<int>(i => Assert.Equal(4, i));
        ExpectMsg<int>((i, sender) => i == 5 && sender.Equals(TestActor));
        ExpectMsg(new List<int> { 6 });
    }

    [Fact]
    public void Another_message_than_the_expected_one_fails_the_test()
    {
        TestActor.Tell("a");
        Assert.Contains("System.Int32", Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>()).Message);
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("b"));
        TestActor.Tell("a");
        Assert.Contains("my hint", Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(s => s == "b", hint: "my hint")).Message);
    }

    [Fact]
    public void A_message_that_does_not_come_fails_the_test()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Soon, "my hint"));

        Assert.Contains("my hint", failure.Message);
    }

    [Fact]
    public async Task Asynchronous_expectations_fail_as_the_others_do()
    {
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Soon));
        TestActor.Tell("a");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>());
        TestActor.Tell("a");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ExpectMsgAsync<int>(cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public void Silence_is_expected()
    {
        ExpectNoMsg(Soon);
        TestActor.Tell("a");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Soon));
    }

    [Fact]
    public void Several_messages_are_expected_in_any_order()
    {
        foreach (var message in new[] { "c", "a", "b" }) TestActor.Tell(message);
        Assert.Equal(["c", "a", "b"], ExpectMsgAllOf("a", "b", "c"));

        foreach (var message in new[] { "a", "a" }) TestActor.Tell(message);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf("a", "b"));

        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
        TestActor.Tell("c");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf(["a", "b"]));
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_expected()
    {
        var actor = ActorOf(BlackHoleActor.Props);
        Assert.Equal(actor, Watch(actor));

        Sys.Stop(actor);

        Assert.True(ExpectTerminated(actor).ExistenceConfirmed);
    }

    [Fact]
    public void The_end_of_an_unwatched_actor_is_not_told()
    {
        var watched = ActorOf(BlackHoleActor.Props);
        var unwatched = ActorOf(BlackHoleActor.Props);
        Watch(unwatched);
        Unwatch(unwatched);
        Watch(watched);

        Sys.Stop(unwatched);
        Sys.Stop(watched);

        ExpectTerminated(watched);
        ExpectNoMsg(Soon);
    }

    [Fact]
    public void A_message_is_fished_for()
    {
        var others = new System.Collections.ArrayList();
        foreach (var message in new object[] { "a", 1, 2, "b" }) TestActor.Tell(message);

        Assert.Equal(2, FishForMessage<int>(i => i > 1, others));
        Assert.Equal(new object[] { "a", 1 }, others.ToArray());
        Assert.Equal("b", FishForMessage(m => m is string));
        Assert.ThrowsAny<XunitException>(() => FishForMessage<int>(_ => true, Soon));
    }

    [Fact]
    public async Task Messages_are_received_by_number()
    {
        foreach (var message in new object[] { 1, 2, 3, 4 }) TestActor.Tell(message);

        Assert.Equal([1, 2], ReceiveN(2));
        var rest = new List<object>();
        await foreach (var message in ReceiveNAsync(2)) rest.Add(message);
        Assert.Equal([3, 4], rest);
        TestActor.Tell(5);
        Assert.Contains("5", Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Soon)).Message);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void Messages_are_received_while_they_fit()
    {
        foreach (var message in new object[] { 1, 2, "a", 3 }) TestActor.Tell(message);

        Assert.Equal(["1", "2"], ReceiveWhile(m => m is int i ? i.ToString() : null, TimeSpan.FromSeconds(3)));
        ExpectMsg("a");
        Assert.Equal([3], ReceiveWhile<int>(_ => true, max: TimeSpan.FromSeconds(3), idle: Soon));
    }

    [Fact]
    public void Messages_to_be_ignored_do_not_reach_the_test()
    {
        IgnoreMessages<string>();
        TestActor.Tell("a");
        TestActor.Tell(1);
        ExpectMsg(1);

        IgnoreNoMessages();
        TestActor.Tell("b");
        ExpectMsg("b");
    }

    [Fact]
    public void A_message_looked_at_stays_the_next()
    {
        TestActor.Tell("a");

        Assert.True(HasMessages);
        Assert.Equal("a", PeekOne());
        ExpectMsg("a");
        Assert.False(HasMessages);
        Assert.Equal("a", LastMessage);
    }

    [Fact]
    public void An_expectation_names_who_is_to_have_sent()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, 1);
        ExpectMsgFrom(probe, 1);

        TestActor.Tell(2);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom(probe, 2));
    }
}
