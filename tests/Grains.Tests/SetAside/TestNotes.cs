using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Scoring.SetAside;

/// <summary>Makes notes that no service stores.</summary>
internal static class TestNotes
{
    public static SetAsideNotes New() =>
        new(Options.Create(new SetAsideOptions()), TimeProvider.System, NullLogger<SetAsideNotes>.Instance);
}
