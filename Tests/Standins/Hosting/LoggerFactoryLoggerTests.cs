using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace WebChat.Tests.Standins.Hosting;

public class LoggerFactoryLoggerTests
{
    [Fact]
    public async Task What_actors_log_reaches_the_hosts_logging()
    {
        var logs = new RecordingLoggerProvider();
        using var host = AkkaHostingTests.Build((builder, _) => builder
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = AkkaLogLevel.DebugLevel;
                loggers.AddLoggerFactory();
            })
            .WithActors((system, registry) => registry.Register<Logging>(system.ActorOf(Props.Create<Logging>(), "logging"))), logs);
        await host.StartAsync();

        await host.Services.GetRequiredService<IRequiredActor<Logging>>().ActorRef.Ask<string>("go", TimeSpan.FromSeconds(3));
        await logs.Await(entry => entry.Text.Contains("broken"));
        await host.StopAsync();

        var entries = logs.Entries.Where(entry => entry.Values.GetValueOrDefault("LogSource")?.ToString() is { } source && source.Contains("/user/logging")).ToList();
        Assert.Equal([LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error], entries.Select(entry => entry.Level));
        Assert.All(entries, entry => Assert.Equal("Akka.Actor.ActorSystem", entry.Category));
        Assert.Contains("a 1 b two", entries[1].Text);
        Assert.Equal("a {0} b {1}", entries[1].Values["{OriginalFormat}"]);
        Assert.Equal(1, entries[1].Values["0"]);
        Assert.Equal("two", entries[1].Values["1"]);
        Assert.EndsWith("/user/logging", entries[1].Values["ActorPath"]?.ToString());
        Assert.Contains("Thread", entries[1].Values);
        Assert.Contains("Timestamp", entries[1].Values);
        Assert.Equal("because", entries[3].Exception?.Message);
    }

    [Fact]
    public async Task A_level_leaves_out_what_is_below_it()
    {
        var logs = new RecordingLoggerProvider();
        using var host = AkkaHostingTests.Build((builder, _) => builder
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = AkkaLogLevel.ErrorLevel;
                loggers.AddLoggerFactory();
            })
            .WithActors((system, registry) => registry.Register<Logging>(system.ActorOf(Props.Create<Logging>(), "logging"))), logs);
        await host.StartAsync();

        await host.Services.GetRequiredService<IRequiredActor<Logging>>().ActorRef.Ask<string>("go", TimeSpan.FromSeconds(3));
        await logs.Await(entry => entry.Text.Contains("broken"));
        await host.StopAsync();

        Assert.Equal([LogLevel.Error], logs.Entries.Where(entry => entry.Values.GetValueOrDefault("LogSource")?.ToString() is { } source && source.Contains("/user/logging")).Select(entry => entry.Level));
    }

    private sealed class Logging : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logging() => Receive<string>(text =>
        {
            _log.Debug("debugging");
            _log.Info("a {0} b {1}", 1, "two");
            _log.Warning("careful");
            _log.Error(new InvalidOperationException("because"), "broken");
            Sender.Tell("done");
        });
    }
}
