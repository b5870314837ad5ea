namespace Akka.Actor;

/// <summary>An actor that has something left to do after its construction and before its first message.</summary>
internal interface IInitializableActor
{
    void Init();
}
