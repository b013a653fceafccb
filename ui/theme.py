"""The visual language applied to Qt: fonts, palette and style sheet, all made from ui.tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from kiosk.display import Display
from kiosk.paper.fonts import site_families
from ui.tokens import COLOUR_SETS, FAMILY_TONES, FONT_FAMILIES, FONT_FAMILIES_OF, LIGHT, Colours, Sizes

_FONT_FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
_CHEVRON = (Path(__file__).parent.parent / "resources" / "icons" / "chevron_down.svg").as_posix()
_FONT_FILES = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True)
class Theme:
    """What every widget is given: it asks for meanings (``theme.colours.ok``), never for a colour of its own."""

    colours: Colours = LIGHT
    sizes: Sizes = field(default_factory=Sizes)
    families: tuple[str, ...] = FONT_FAMILIES
    motion: bool = True  # False: nothing moves by itself

    def colour(self, token: str) -> QColor:
        return QColor(getattr(self.colours, token))

    def font(self, size: int, *, bold: bool = False) -> QFont:
        return _font((*self.families, *site_families()), size, bold)


@lru_cache(maxsize=256)
def _font(families: tuple[str, ...], size: int, bold: bool) -> QFont:
    """Painting asks for the same few again and again. Nobody changes what they were given."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size)
    font.setBold(bold)
    return font


_USUAL_HEIGHT = 900  # device-independent pixels up to which type has its usual size
_MOST = 2.4  # a 3840×2160 screen that the system does not enlarge


def theme_for_screen(colours: Colours = LIGHT, *, large_type: bool = False) -> Theme:
    """Type grows on big screens, where a person sits further away, and again in large-type mode."""
    screen = QGuiApplication.primaryScreen()
    height = screen.availableGeometry().height() if screen else 768
    factor = max(1.0, min(_MOST, height / _USUAL_HEIGHT))
    return Theme(colours, Sizes().scaled(factor * (1.25 if large_type else 1.0)))


def theme_of(display: Display, language: str) -> Theme:
    """What was chosen under 显示与声音, on this machine's first screen."""
    colours = next(c for c in COLOUR_SETS if c.name == display.ground)
    plain = theme_for_screen(colours, large_type=display.large_type)
    families = FONT_FAMILIES_OF.get(language, FONT_FAMILIES)
    return Theme(plain.colours, plain.sizes, families, display.motion)


def apply_theme(app: QApplication, theme: Theme) -> None:
    _load_shipped_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(theme.font(theme.sizes.body))
    app.setPalette(_palette(theme.colours))
    app.setStyleSheet(_style_sheet(theme.colours, theme.sizes))


def _load_shipped_fonts() -> None:
    """Fonts that lie in resources/fonts (a site may add its own for Ext G to I) join the system's."""
    for path in sorted(_FONT_FOLDER.glob("*")):
        if path.suffix.lower() in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(path))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, token in {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.Highlight: colours.primary,
        role.HighlightedText: colours.on_primary,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.surface,
    }.items():
        palette.setColor(target, QColor(token))
    palette.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(colours.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Text, QColor(colours.muted))
    return palette


def _tones(c: Colours) -> str:
    """A label of the family's screen names its tone: one rule each is cheaper than a sheet of its own for every label."""
    return "\n".join(f'QLabel[tone="{tone}"] {{ color: {getattr(c, tone)}; }}' for tone in FAMILY_TONES)


def _style_sheet(c: Colours, s: Sizes) -> str:
    """Widgets name themselves by ``objectName`` or the property ``look``; the rules below are all there are."""
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QDialog, QWidget[look="ground"] {{ background: {c.ground}; }}
QToolTip {{ color: {c.surface}; background: {c.text}; border: 0; padding: 4px; }}
QFrame[look="panel"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {s.radius}px; }}
QDialog {{ border: 2px solid {c.edge}; }}
QFrame[look="ask"] {{ background: {c.selected}; border: 2px solid {c.ask}; border-radius: {s.radius}px; }}
QFrame[look="rule"] {{ background: {c.line}; border: 0; max-height: 1px; min-height: 1px; }}
QLabel {{ background: transparent; }}
{_tones(c)}
QLabel[look="muted"] {{ color: {c.muted}; font-size: {s.small}px; }}
QLabel[look="caption"] {{ color: {c.muted}; font-size: {s.small}px; font-weight: bold; }}
QLabel[look="strong"] {{ font-size: {s.strong}px; font-weight: bold; }}
QLabel[look="title"] {{ font-size: {s.title}px; font-weight: bold; }}
QLabel[look="hero"] {{ font-size: {s.hero}px; font-weight: bold; }}
QLineEdit {{ background: {c.surface}; border: 2px solid {c.edge}; border-radius: {s.radius}px; padding: 0 {s.pad}px;
  min-height: {s.touch - 4}px; font-size: {s.strong}px; selection-background-color: {c.primary};
  selection-color: {c.on_primary}; }}
QLineEdit:focus {{ border-color: {c.focus}; }}
QAbstractItemView {{ background: {c.surface}; border: 0; outline: 0; }}
QHeaderView::section {{ background: {c.sunken}; color: {c.muted}; border: 0; padding: 0 {s.gap}px;
  min-height: {round(s.small * 2.1)}px; font-size: {s.small}px; font-weight: bold; }}
QScrollBar:vertical {{ background: transparent; width: {s.pad}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: {s.pad // 2}px; min-height: {s.touch}px; }}
QScrollBar:horizontal {{ background: transparent; height: {s.gap}px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: {s.gap // 2}px; min-width: {s.touch}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QRadioButton {{ min-height: {s.touch}px; spacing: {s.gap}px; padding: 0 {s.gap}px; border: 2px solid transparent;
  border-radius: {s.radius}px; }}
QRadioButton:focus {{ border-color: {c.focus}; }}
QRadioButton::indicator {{ width: {s.icon - 4}px; height: {s.icon - 4}px; border: 2px solid {c.edge}; background: {c.surface};
  border-radius: {s.icon // 2}px; }}
QRadioButton::indicator:checked {{ width: {s.icon - 12}px; height: {s.icon - 12}px; border: 6px solid {c.primary};
  border-radius: {s.icon // 2}px; }}
QComboBox {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; border-radius: {s.radius}px;
  padding: 0 {s.pad}px; min-height: {s.touch - 2}px; }}
QComboBox::drop-down {{ border: 0; width: {s.touch - 14}px; }}
QComboBox::down-arrow {{ image: url("{_CHEVRON}"); width: {s.small}px; height: {s.small}px; }}
QFrame#practiceBar {{ background: {c.practice}; }}
QFrame#practiceBar QLabel {{ color: {c.on_practice}; }}
QFrame#headerBar {{ background: {c.bar}; }}
QFrame#headerBar QLabel {{ color: {c.on_bar}; }}
QFrame#decisionBar {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
"""
