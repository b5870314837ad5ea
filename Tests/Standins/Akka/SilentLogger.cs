using Akka.Actor;
using Akka.Event;

namespace WebChat.Tests.Standins.Akka;

/// <summary>A logger that writes nothing.</summary>
public sealed class SilentLogger : ReceiveActor
{
    public SilentLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        ReceiveAny(_ => { });
    }
}
