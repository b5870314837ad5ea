namespace Akka.Event;

/// <summary>Stands for the type of a source that is only a name.</summary>
public class DummyClassForStringSources
{
}
