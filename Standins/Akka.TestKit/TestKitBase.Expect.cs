using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects the next message to be of that type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(null, duration, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to equal <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Equal(message, hint), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type and accepted by the predicate.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Accepted(isMessage, hint), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type, and asserts on it.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((message, _) => assert(message), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type and, with its sender, accepted by the predicate.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Accepted(isMessageAndSender, hint), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type, and asserts on it and its sender.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(assertMessageAndSender, timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to equal <paramref name="expected"/> in the eyes of <paramref name="comparer"/>.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Equal(expected, comparer, hint), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(null, duration, hint, false, cancellationToken);

    /// <summary>Expects the next message to equal <paramref name="message"/>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Equal(message, hint), timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to be of that type and accepted by the predicate.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Accepted(isMessage, hint), timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to be of that type, and asserts on it.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((message, _) => assert(message), timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to be of that type and, with its sender, accepted by the predicate.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Accepted(isMessageAndSender, hint), timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to be of that type, and asserts on it and its sender.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(assertMessageAndSender, timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to equal <paramref name="expected"/> in the eyes of <paramref name="comparer"/>.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Equal(expected, comparer, hint), timeout, hint, false, cancellationToken);

    /// <summary>Expects the next message to be of that type and from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((_, from) => AssertSender(sender, from, hint), duration, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to equal <paramref name="message"/> and to be from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((actual, from) =>
        {
            AssertSender(sender, from, hint);
            Equal(message, hint)(actual, from);
        }, timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type, from <paramref name="sender"/>, and accepted by the predicate.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((actual, from) =>
        {
            AssertSender(sender, from, hint);
            Accepted(isMessage, hint)(actual, from);
        }, timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the next message to be of that type and from <paramref name="sender"/>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((_, from) => AssertSender(sender, from, hint), duration, hint, false, cancellationToken);

    /// <summary>Expects the next message to equal <paramref name="message"/> and to be from <paramref name="sender"/>.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((actual, from) =>
        {
            AssertSender(sender, from, hint);
            Equal(message, hint)(actual, from);
        }, timeout, hint, false, cancellationToken);

    /// <summary>Expects the test actor to be told that <paramref name="target"/> has ended. It must watch it.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Ended(target, hint), timeout, hint, true, cancellationToken).Result();

    /// <summary>Expects the test actor to be told that <paramref name="target"/> has ended. It must watch it.</summary>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Ended(target, hint), timeout, hint, false, cancellationToken);

    /// <summary>Expects no message in the time that a message is waited for.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectSilence(RemainingOrDefault, true, cancellationToken).Result();

    /// <summary>Expects no message for that time.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => ExpectSilence(Dilated(duration), true, cancellationToken).Result();

    /// <summary>Expects no message for that time.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Expects no message in the time that a message is waited for.</summary>
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => await ExpectSilence(RemainingOrDefault, false, cancellationToken).ConfigureAwait(false);

    /// <summary>Expects no message for that time.</summary>
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => await ExpectSilence(Dilated(duration), false, cancellationToken).ConfigureAwait(false);

    /// <summary>Expects no message for that time.</summary>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Expects the next message to equal one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(OneOf(messages), null, null, true, cancellationToken).Result();

    /// <summary>Expects the next message to equal one of these.</summary>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Expect(OneOf(messages), null, null, false, cancellationToken);

    /// <summary>Expects these messages next, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectAll(RemainingOrDefault, messages, true, default).Result();

    /// <summary>Expects these messages next, in any order, within <paramref name="max"/>.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectAll(Dilated(max), messages, true, default).Result();

    /// <summary>Expects these messages next, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAll(RemainingOrDefault, messages, true, cancellationToken).Result();

    /// <summary>Expects these messages next, in any order, within <paramref name="max"/>.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAll(Dilated(max), messages, true, cancellationToken).Result();

    /// <summary>Expects these messages next, in any order.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Enumerate(() => ExpectAll(RemainingOrDefault, messages, false, cancellationToken));

    /// <summary>Expects these messages next, in any order, within <paramref name="max"/>.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Enumerate(() => ExpectAll(Dilated(max), messages, false, cancellationToken));

    private async ValueTask<T> Expect<T>(Action<T, IActorRef>? assert, TimeSpan? timeout, string? hint, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        if (await Take(limit, blocking, cancellationToken).ConfigureAwait(false) is not { } received)
        {
            Fail($"A message of type {typeof(T)} was expected, but none came within {limit}{Hinted(hint)}");
            return default!;
        }
        if (received.Message is not T message)
        {
            Fail($"A message of type {typeof(T)} was expected, but {received.Message.GetType()} {received} came{Hinted(hint)}");
            return default!;
        }
        assert?.Invoke(message, received.Sender);
        return message;
    }

    private async ValueTask<bool> ExpectSilence(TimeSpan duration, bool blocking, CancellationToken cancellationToken)
    {
        if (await Take(duration, blocking, cancellationToken).ConfigureAwait(false) is not { } received) return true;
        Fail($"No message was expected for {duration}, but {received.Message.GetType()} {received} came");
        return false;
    }

    private async ValueTask<IReadOnlyCollection<T>> ExpectAll<T>(TimeSpan max, IReadOnlyCollection<T> expected, bool blocking, CancellationToken cancellationToken)
    {
        var received = await TakeMany(expected.Count, max, blocking, cancellationToken).ConfigureAwait(false);
        var missing = expected.ToList();
        var unexpected = received.Where(message => message is not T typed || !missing.Remove(typed)).ToList();
        if (missing.Count + unexpected.Count > 0) Fail($"Not all came that was expected; missing: [{string.Join(", ", missing)}], unexpected: [{string.Join(", ", unexpected)}]");
        return [.. received.OfType<T>()];
    }

    private Action<T, IActorRef> Equal<T>(T expected, string? hint) => (actual, sender) =>
        _assertions.AssertEqual(expected, actual, "{0}", $"Another message came, from {sender}{Hinted(hint)}");

    private Action<T, IActorRef> Equal<T>(T expected, Func<T, T, bool> comparer, string? hint) => (actual, sender) =>
        _assertions.AssertEqual(expected, actual, comparer, "{0}", $"Another message came, from {sender}{Hinted(hint)}");

    private Action<T, IActorRef> Accepted<T>(Predicate<T> accepts, string? hint) => Accepted<T>((message, _) => accepts(message), hint);

    private Action<T, IActorRef> Accepted<T>(Func<T, IActorRef, bool> accepts, string? hint) => (message, sender) =>
        _assertions.AssertTrue(accepts(message, sender), "{0}", $"<{message}> from {sender} does not fit{Hinted(hint)}");

    private Action<Terminated, IActorRef> Ended(IActorRef target, string? hint) => (terminated, _) =>
        _assertions.AssertTrue(terminated.ActorRef.Equals(target), "{0}", $"{target} was expected to have ended, but {terminated.ActorRef} has{Hinted(hint)}");

    private Action<T, IActorRef> OneOf<T>(IEnumerable<T> expected) => (message, sender) =>
        _assertions.AssertTrue(expected.Contains(message), "{0}", $"<{message}> from {sender} is none of those that were expected: {string.Join(", ", expected)}");

    private void AssertSender(IActorRef expected, IActorRef? actual, string? hint) =>
        _assertions.AssertTrue(expected.Equals(actual), "{0}", $"A message from {expected} was expected, but {actual} has sent it{Hinted(hint)}");
}
