using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Consoles;
using Scoring.Programmes;

namespace Scoring.Registrations;

/// <summary>A page with everything of a kind that is registered or proposed.</summary>
public abstract class RegisterListPage : ConsolePage
{
    private const int PageSize = 100;

    /// <summary>The name after which the page begins; <see langword="null"/> for the first page.</summary>
    [SupplyParameterFromQuery] public string? After { get; set; }

    /// <summary>The registrations, by name.</summary>
    public RegistrationSummaryPage Page { get; private set; } = new([], null);

    /// <summary>The kind of registration.</summary>
    public abstract RegistrationKind Kind { get; }

    /// <summary>The programmes of services.</summary>
    internal IReadOnlyList<ProgrammeResponse> Programmes { get; private set; } = [];

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task Load()
    {
        Page = await Client.Registrations.List(Kind, After, PageSize, Aborted);
        Programmes = await Documents.List(Aborted);
    }
}
