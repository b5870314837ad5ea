using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Says which log events are expected. Of the texts to look for give one at most: <c>message</c> is the whole, <c>start</c> the beginning,
/// <c>contains</c> a part. A <c>source</c> is the path of the actor that logs.
/// </summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    /// <summary>Expects events of the test's system.</summary>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys)
    {
    }

    /// <summary>Expects events of <paramref name="system"/>.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    /// <summary>Expects events of <paramref name="actorSystem"/>; those of <paramref name="filters"/> count too.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem actorSystem, IReadOnlyList<EventFilterBase> filters)
    {
        _testKit = testkit;
        _system = actorSystem;
        _filters = filters;
    }

    /// <summary>Expects errors caused by an exception of that type.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null) where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Expects errors caused by an exception of that type.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null) where TException : Exception =>
        Exception(typeof(TException), pattern, source);

    /// <summary>Expects errors caused by an exception of that type, or by one that it caused if <paramref name="checkInnerExceptions"/> is set.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        CreateApplier(new ExceptionFilter(exceptionType, TextPattern.Message(message, start, contains), TextPattern.Source(source), checkInnerExceptions), _system);

    /// <summary>Expects errors caused by an exception of that type, or by one that it caused if <paramref name="checkInnerExceptions"/> is set.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        CreateApplier(new ExceptionFilter(exceptionType, TextPattern.Message(pattern), TextPattern.Source(source), checkInnerExceptions), _system);

    /// <summary>Expects errors.</summary>
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <summary>Expects errors.</summary>
    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    /// <summary>Expects warnings.</summary>
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    /// <summary>Expects warnings.</summary>
    public IEventFilterApplier Warning(Regex pattern, string? source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Expects informations.</summary>
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    /// <summary>Expects informations.</summary>
    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    /// <summary>Expects debug events.</summary>
    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    /// <summary>Expects debug events.</summary>
    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    /// <summary>Expects events of that level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        CreateApplier(new LevelFilter(logLevel, TextPattern.Message(message, start, contains), TextPattern.Source(source)), _system);

    /// <summary>Expects events of that level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        CreateApplier(new LevelFilter(logLevel, TextPattern.Message(pattern), TextPattern.Source(source)), _system);

    /// <summary>Expects messages that reach nobody.</summary>
    public IEventFilterApplier DeadLetter() => DeadLetters("DeadLetter", _ => true, null);

    /// <summary>Expects messages of that type that reach nobody.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) =>
        DeadLetters($"DeadLetter with {typeof(TMessage).Name}", letter => letter is TMessage, source);

    /// <summary>Expects messages of that type that reach nobody.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetters($"DeadLetter with {typeof(TMessage).Name}", letter => letter is TMessage message && isMatch(message), source);

    /// <summary>Expects events that the predicate accepts.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => CreateApplier(new PredicateFilter("Custom", predicate), _system);

    /// <summary>Expects events of that type that the predicate accepts.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        CreateApplier(new PredicateFilter("Custom", log => log is TLogEvent typed && predicate(typed)), _system);

    /// <summary>Adds a filter to those that count already.</summary>
    protected IEventFilterApplier CreateApplier(EventFilterBase filter, ActorSystem system) => new EventFilterApplier(_testKit, system, [.. _filters, filter]);

    private IEventFilterApplier DeadLetters(string name, Predicate<object> accepts, string? source)
    {
        var from = TextPattern.Source(source);
        return CreateApplier(new PredicateFilter(name, log => log.Message is DeadLetter letter && accepts(letter.Message) && (from?.Fits(log.LogSource) ?? true)), _system);
    }
}
