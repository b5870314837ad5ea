namespace WebChat.Edge.Hosting;

/// <summary>Nobody can be made an admin as the command line says.</summary>
public sealed class AppointmentException(string message) : Exception(message);
