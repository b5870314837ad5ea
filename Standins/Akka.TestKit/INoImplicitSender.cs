namespace Akka.TestKit;

/// <summary>Marks a test whose messages have no sender unless it names one. Otherwise the test actor is their sender.</summary>
public interface INoImplicitSender;
