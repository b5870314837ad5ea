namespace Akka.Actor;

/// <summary>Something that a system has once.</summary>
public interface IExtension
{
}
