namespace WebChat.Actors;

/// <summary>A message that names the entity it is for, so that a region can deliver it.</summary>
public interface IEntityMessage
{
    /// <summary>The entity's key within its region.</summary>
    string EntityId { get; }
}
