using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using WebChat.Bench.Load;
using WebChat.Clients;

namespace WebChat.Bench.Chaos;

/// <summary>A member that sends one message after the other, each under the same client id until it is acknowledged, over as many connections as it takes.</summary>
internal sealed class Talker(WebChatMember member)
{
    private const int MessageBytes = 200;

    // A server that is stopped does not close its connections. The client gives one up that is silent for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private static readonly string Padding = new('.', MessageBytes);

    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From the first sending of a message until its acknowledgement, of all members.</summary>
    public static Latencies UntilAcknowledged { get; } = new();

    public List<Acknowledged> Acknowledged { get; } = [];

    /// <summary>What the server must not do under any failure.</summary>
    public List<string> Faults { get; } = [];

    public int Retries { get; private set; }

    public int Refusals { get; private set; }

    public int Reconnects { get; private set; }

    /// <summary>Whether a message was acknowledged since <see cref="NextAcknowledgementAsync"/>.</summary>
    public bool IsAnswered => _next.Task.IsCompleted;

    public WebChatMember Member => member;

    /// <summary>Waits for the next acknowledgement.</summary>
    public Task NextAcknowledgementAsync()
    {
        _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _next.Task;
    }

    /// <summary>Sends messages until it is cancelled.</summary>
    public async Task TalkAsync(CancellationToken cancellationToken)
    {
        for (var number = 1; !cancellationToken.IsCancellationRequested; number++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{member.MemberId} {number} {Padding}")[..MessageBytes];
            var began = Stopwatch.GetTimestamp();
            if (await InsistAsync(text, $"{number}", cancellationToken) is not { } seq)
                return;
            UntilAcknowledged.Record(Stopwatch.GetElapsedTime(began));
            Acknowledged.Add(new(member.Room, seq, text));
            _next.TrySetResult();
        }
    }

    private async Task<long?> InsistAsync(string text, string clientId, CancellationToken cancellationToken)
    {
        for (var tries = 0; !cancellationToken.IsCancellationRequested; tries++)
        {
            Retries += tries > 0 ? 1 : 0;
            try
            {
                var answer = await member.SendAsync(text, clientId).WaitAsync(Patience, cancellationToken);
                if (answer.Error is not { } code)
                    return answer.Seq;
                Refusals++;
                if (code is not ("unavailable" or "deadline_exceeded"))
                    Faults.Add($"A message was refused with {code}.");
                await Task.Delay(answer.RetryAfter > RetryAfter ? answer.RetryAfter : RetryAfter, cancellationToken);
            }
            catch (Exception ex) when (IsLoss(ex))
            {
                await ReconnectAsync(cancellationToken);
            }
            catch (InvalidDataException ex)
            {
                Faults.Add(ex.Message);
                return null;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await member.ReconnectAsync().WaitAsync(Patience, cancellationToken);
                Reconnects++;
                return;
            }
            catch (InvalidDataException ex)
            {
                Faults.Add(ex.Message);
                return;
            }
            catch (Exception ex) when (IsLoss(ex))
            {
                await Task.WhenAny(Task.Delay(RetryAfter, cancellationToken));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static bool IsLoss(Exception exception) =>
        exception is ConnectionLostException or WebSocketException or HttpRequestException or SocketException or TimeoutException or ApiException or ObjectDisposedException;
}
