using System.Text.Json;

namespace Scoring.Registrations;

/// <summary>What stands in the form of a registration: every member is what was typed.</summary>
public interface IRegistrationForm
{
    /// <summary>The names of the fields, which are also their ids: the pointer into the document with hyphens for slashes.</summary>
    IEnumerable<string> Fields { get; }

    /// <summary>Writes the document. What is wrong with it, the platform says.</summary>
    JsonElement ToDocument();
}
