namespace WebChat.Edge.Commands;

/// <summary>A command cannot be carried out. The message says why and what to do.</summary>
public sealed class CommandException(string message) : Exception(message);
