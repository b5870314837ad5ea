namespace WebChat.Actors.Matching;

/// <summary>A person's place in a line, with what rules most others out, so that few people need be fetched from memory.</summary>
internal readonly struct Place(WaitingPerson person)
{
    /// <summary>Who stands there.</summary>
    public readonly WaitingPerson Person = person;

    /// <summary>The person's.</summary>
    public readonly long Ticket = person.Ticket;

    /// <summary>The person's.</summary>
    public readonly Extent Extent = new(person.Traits);
}
