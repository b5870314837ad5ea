using System.Globalization;
using Spectre.Console;

namespace WebChat.Bench.Load;

/// <summary>Shows what goes on while it goes on.</summary>
internal static class Live
{
    /// <summary>Runs a <see cref="Talk"/> beside a bar.</summary>
    public static Task<Measurement> TalkAsync(string title, Talk talk, TalkPlan plan, CancellationToken cancellationToken) =>
        AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new RemainingTimeColumn()).StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: plan.Duration.TotalSeconds);
            return talk.RunAsync(
                sample =>
                {
                    bar.Value = sample.At;
                    bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{title}: {sample.MessagesPerSecond:N0} messages/s, p99 {talk.Acknowledged.Percentile(99):N1} ms"));
                },
                cancellationToken);
        });

    /// <summary>Runs some work beside a spinner.</summary>
    public static Task<T> WorkAsync<T>(string title, Func<Task<T>> work) => AnsiConsole.Status().StartAsync(Markup.Escape(title), _ => work());
}
