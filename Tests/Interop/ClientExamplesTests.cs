using System.Diagnostics;
using System.Text.RegularExpressions;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>The examples of <c>docs/clients.md</c>, each as the program that the page shows.</summary>
public sealed class ClientExamplesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Tests", "Interop");

    [NodeFact]
    public Task The_examples_in_JavaScript_and_CSharp_talk_across_a_crash_of_the_server() => TalkAsync(JavaScript, CSharp);

    [PythonFact]
    public Task The_examples_in_Python_and_CSharp_talk_across_a_crash_of_the_server() => TalkAsync(Python, CSharp);

    private static ProcessStartInfo JavaScript
    {
        get
        {
            var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "clients.md"));
            var example = Regex.Match(page, "```js\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
            // Evaluated code has no file name among its arguments.
            return new(Programs.Node!, ["--input-type=module", "--eval", example, "chat.mjs"]);
        }
    }

    private static ProcessStartInfo CSharp => new("dotnet", [typeof(Entry).Assembly.Location, "chat"]);

    private static ProcessStartInfo Python => new(Programs.Python!, ["example.py"]);

    private static async Task TalkAsync(ProcessStartInfo one, ProcessStartInfo other)
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var ann = new Program(edge, one, "Ann");
        using var bob = new Program(edge, other, "Bob");
        await ann.SayAsync("Hello, Bob.", bob);
        await bob.SayAsync("Hello, Ann.", ann);

        await edge.KillAsync();
        await ann.WriteAsync("Are you still there?");
        await edge.RestartAsync();
        await ann.HearsAsync("Ann: Are you still there?");
        await bob.HearsAsync("Ann: Are you still there?");
        await bob.SayAsync("Of course.", ann);

        ann.Finish();
        await ann.EndsAsync();
        await bob.EndsAsync();
    }

    /// <summary>A running example. It prints each message once: the next line is always the next message.</summary>
    private sealed class Program : IDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

        private readonly Process _process;
        private readonly string _nickname;
        private readonly CancellationTokenSource _limit = new(Limit);
        private readonly Task<string> _errors;

        public Program(EdgeProcess edge, ProcessStartInfo start, string nickname)
        {
            _nickname = nickname;
            start.WorkingDirectory = Folder;
            foreach (var argument in new[] { EdgeServer.NewName(), nickname, "OTHER" })
                start.ArgumentList.Add(argument);
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            start.Environment["WEBCHAT_WEB"] = edge.Web.ToString();
            start.Environment["WEBCHAT_GRPC"] = start.FileName == Programs.Python ? edge.Grpc.Authority : edge.Grpc.ToString();
            _process = Process.Start(start)!;
            _errors = _process.StandardError.ReadToEndAsync(_limit.Token);
        }

        public async Task WriteAsync(string text)
        {
            await _process.StandardInput.WriteLineAsync(text.AsMemory(), _limit.Token);
            await _process.StandardInput.FlushAsync(_limit.Token);
        }

        public async Task SayAsync(string text, Program partner)
        {
            await WriteAsync(text);
            await HearsAsync($"{_nickname}: {text}");
            await partner.HearsAsync($"{_nickname}: {text}");
        }

        public async Task HearsAsync(string line)
        {
            var heard = await _process.StandardOutput.ReadLineAsync(_limit.Token);
            Assert.True(line == heard, $"{_nickname} heard “{heard}” instead of “{line}”. {(heard is null ? await _errors : "")}");
        }

        public void Finish() => _process.StandardInput.Close();

        public async Task EndsAsync()
        {
            Assert.Equal("", await _process.StandardOutput.ReadToEndAsync(_limit.Token));
            await _process.WaitForExitAsync(_limit.Token);
            Assert.True(_process.ExitCode == 0, await _errors);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
            _limit.Dispose();
        }
    }
}
