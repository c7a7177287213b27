namespace Scoring.Linking;

/// <summary>A made-up card, vehicle, kitchen or pass that a source knows.</summary>
/// <param name="Id">The source's own name for it. It never leaves the source: a handle is derived from it.</param>
/// <param name="Name">What is written on it.</param>
/// <param name="Description">Whose it is.</param>
internal sealed record LinkableThing(string Id, string Name, string Description)
{
    private static readonly LinkableThing[] Vehicles =
    [
        new("car-1", "Car DEV 001", "Ada Sample's"),
        new("car-2", "Van DEV 002", "Ben Example's"),
        new("car-3", "Car DEV 003", "For any person"),
    ];

    private static readonly Dictionary<string, LinkableThing[]> BySource = new(StringComparer.Ordinal)
    {
        ["payment"] =
        [
            new("card-1", "Card 0001", "Ada Sample's"),
            new("card-2", "Card 0002", "Ben Example's"),
            new("card-3", "Card 0003", "Cleo Specimen's"),
            new("card-4", "Card 0004", "For any person"),
        ],
        ["traffic"] = Vehicles,
        ["surveillance"] =
        [
            .. Vehicles,
            new("kitchen-1", "Kitchen Example Noodles", "Run by Ben Example"),
            new("kitchen-2", "Kitchen Sample Soups", "For any person"),
            new("pass-1", "Check-in pass A", "Ada Sample's"),
            new("pass-3", "Check-in pass C", "Cleo Specimen's"),
            new("pass-4", "Check-in pass D", "For any person"),
        ],
    };

    /// <summary>What a source knows.</summary>
    public static IReadOnlyList<LinkableThing> Of(LinkingSource source) => BySource.GetValueOrDefault(source.Name, []);
}
