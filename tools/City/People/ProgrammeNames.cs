namespace Scoring.City.People;

/// <summary>The programmes that City knows events for.</summary>
public static class ProgrammeNames
{
    /// <summary>Vehicles: driving and parking.</summary>
    public const string SafeDriver = "safe-driver";

    /// <summary>Merchants: attested inspections.</summary>
    public const string CleanKitchen = "clean-kitchen";

    /// <summary>Citizens: payments and refunds.</summary>
    public const string FairPayer = "fair-payer";
}
