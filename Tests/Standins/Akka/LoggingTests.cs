using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

public sealed class LoggingTests : IAsyncLifetime
{
    private readonly ActorSystem _system = TestSystem.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [InlineData(LogLevel.DebugLevel, typeof(Debug))]
    [InlineData(LogLevel.InfoLevel, typeof(Info))]
    [InlineData(LogLevel.WarningLevel, typeof(Warning))]
    [InlineData(LogLevel.ErrorLevel, typeof(Error))]
    public async Task What_is_logged_is_published_with_its_level_source_and_cause(LogLevel level, Type type)
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, type);
        var cause = new InvalidOperationException();
        var log = Logging.GetLogger(_system, "source");
        while (true)
        {
            log.Log(level, cause, "of {0} and {1}", ["one", 2]);
            var logged = await ear.Next<LogEvent>();
            if (!logged.LogSource.StartsWith("source", StringComparison.Ordinal)) continue;
            Assert.Equal(level, logged.LogLevel());
            Assert.Equal("of one and 2", logged.Message!.ToString());
            Assert.Same(cause, logged.Cause);
            return;
        }
    }

    [Fact]
    public async Task An_actor_logs_in_the_name_of_its_path()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(Warning));
        var actor = _system.ActorOf(Acting.Of(a => a.On<string>(m => a.Here.GetLogger().Warning("got {0}", m))), "speaker");
        actor.Tell("this");
        var logged = await ear.Next<Warning>();
        Assert.Contains("akka://test/user/speaker", logged.LogSource);
        Assert.Equal(typeof(Acting), logged.LogClass);
        Assert.Equal("got this", logged.Message!.ToString());
        Assert.Contains("[WARNING]", logged.ToString());
    }

    [Fact]
    public async Task Templates_are_filled_in_with_up_to_six_arguments()
    {
        var ear = new Ear(_system);
        _system.EventStream.Subscribe(ear.Ref, typeof(Info));
        var log = _system.Log;
        log.Info("plain {text}");
        log.Info("{0}", 1);
        log.Info("{0} {1}", 1, 2);
        log.Info("{0} {1} {2}", 1, 2, 3);
        log.Info("{0} {1} {2} {3}", 1, 2, 3, 4);
        log.Info("{0} {1} {2} {3} {4}", 1, 2, 3, 4, 5);
        log.Info("{5} {4} {3} {2} {1} {0}", 1, 2, 3, 4, 5, 6);
        log.Info("{{{0:0.00}}} {1,3}|", 1.5, 2);
        string[] expected = ["plain {text}", "1", "1 2", "1 2 3", "1 2 3 4", "1 2 3 4 5", "6 5 4 3 2 1", "{1.50}   2|"];
        foreach (var text in expected)
        {
            Info logged;
            do logged = await ear.Next<Info>();
            while (logged.LogSource != "ActorSystem(test)");
            Assert.Equal(text, logged.Message!.ToString());
        }
    }

    [Fact]
    public async Task Below_the_level_nothing_is_made_or_published()
    {
        var system = TestSystem.Create("akka.loglevel = WARNING");
        var ear = new Ear(system);
        system.EventStream.Subscribe(ear.Ref, typeof(LogEvent));
        var log = Logging.GetLogger(system, "test");
        Assert.False(log.IsDebugEnabled);
        Assert.False(log.IsInfoEnabled);
        Assert.True(log.IsWarningEnabled);
        Assert.True(log.IsErrorEnabled);
        log.Info("not heard");
        log.Warning("heard");
        Assert.Equal("heard", (await ear.Next<LogEvent>()).Message!.ToString());
        system.EventStream.SetLogLevel(LogLevel.DebugLevel);
        Logging.GetLogger(system, "test").Debug("heard too");
        Assert.Equal("heard too", (await ear.Next<LogEvent>()).Message!.ToString());
        await system.Terminate();
    }

    [Fact]
    public async Task A_logger_that_the_configuration_names_hears_of_its_levels()
    {
        var system = TestSystem.Create(
            """
            akka.loglevel = INFO
            akka.loggers = ["WebChat.Tests.Standins.Akka.LoggingTests+Collecting, Tests"]
            """);
        var ear = new Ear(system);
        system.EventStream.Subscribe<string>(ear.Ref);
        system.Log.Debug("quiet");
        system.Log.Info("loud");
        await ear.Hears("logged loud");
        await system.Terminate();
    }

    [Fact]
    public void A_logger_that_is_not_there_keeps_the_system_from_starting() =>
        Assert.ThrowsAny<Exception>(() => TestSystem.Create("akka.loggers = [\"No.Such.Logger, Nowhere\"]"));

    [Fact]
    public async Task A_logger_that_does_not_answer_does_not_keep_the_system_from_starting()
    {
        var system = TestSystem.Create(
            """
            akka.logger-startup-timeout = 20ms
            akka.loggers = ["WebChat.Tests.Standins.Akka.LoggingTests+Mute, Tests"]
            """);
        await system.Terminate();
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.DebugLevel)]
    [InlineData("INFO", LogLevel.InfoLevel)]
    [InlineData("WARNING", LogLevel.WarningLevel)]
    [InlineData("ERROR", LogLevel.ErrorLevel)]
    public void Levels_have_names(string name, LogLevel level)
    {
        Assert.Equal(level, Logging.LogLevelFor(name));
        Assert.Equal(name, level.StringFor());
    }

    public sealed class Collecting : ReceiveActor
    {
        public Collecting()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(e =>
            {
                if (e.LogSource == "ActorSystem(test)") Context.System.EventStream.Publish($"logged {e.Message}");
            });
        }
    }

    public sealed class Mute : ReceiveActor
    {
        public Mute()
        {
            ReceiveAny(_ => { });
        }
    }
}
