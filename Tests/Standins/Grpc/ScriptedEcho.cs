using Grpc.Core;

namespace WebChat.Tests.Standins.Grpc;

/// <summary>A service that does what a test says; by default it echoes.</summary>
public class ScriptedEcho : Echo.EchoBase
{
    public Func<EchoMessage, ServerCallContext, Task<EchoMessage>> OnSay { get; set; } = (request, _) => Task.FromResult(request);

    public Func<IAsyncStreamReader<EchoMessage>, ServerCallContext, Task<EchoMessage>> OnCollect { get; set; } = async (requests, _) =>
    {
        var all = new EchoMessage();
        await foreach (var request in requests.ReadAllAsync())
        {
            all.Text += request.Text;
            all.Number += request.Number;
        }

        return all;
    };

    public Func<EchoMessage, IServerStreamWriter<EchoMessage>, ServerCallContext, Task> OnRepeat { get; set; } = async (request, responses, _) =>
    {
        for (var i = 1; i <= request.Number; i++)
        {
            await responses.WriteAsync(new EchoMessage { Text = request.Text, Number = i });
        }
    };

    public Func<IAsyncStreamReader<EchoMessage>, IServerStreamWriter<EchoMessage>, ServerCallContext, Task> OnTalk { get; set; } = async (requests, responses, _) =>
    {
        await foreach (var request in requests.ReadAllAsync())
        {
            await responses.WriteAsync(request);
        }
    };

    public override Task<EchoMessage> Say(EchoMessage request, ServerCallContext context) => OnSay(request, context);

    public override Task<EchoMessage> Collect(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context) => OnCollect(requestStream, context);

    public override Task Repeat(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context) => OnRepeat(request, responseStream, context);

    public override Task Talk(IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context) => OnTalk(requestStream, responseStream, context);
}
