namespace WebChat.Actors.Matching;

/// <summary>A user's place in a line, with the data that rules most users out, so that few of them are fetched from memory.</summary>
internal readonly struct Place(WaitingPerson person)
{
    public readonly WaitingPerson Person = person;

    public readonly long Ticket = person.Ticket;

    public readonly Extent Extent = new(person.Traits);
}
